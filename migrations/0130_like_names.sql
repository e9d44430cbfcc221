-- Leads of an import whose names are like another's, with a second fact; null where nobody looked, or where the search was stopped.
alter table imports add column like_names integer;

-- The row of the file that an update came from: an update whose lead is merged before it is carried out is told by its line.
alter table import_updates add column line integer not null default 0;
