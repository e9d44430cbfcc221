-- The order in which lists and the queue begin: their first page is there before all leads have been read into memory. Leads of an import
-- have no score when they come in, so that it costs the import nothing.
create index leads_by_score on leads (score) where score is not null;
