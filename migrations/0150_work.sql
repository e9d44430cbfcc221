-- What people write down about a lead, and what they attach by reference. Whoever takes one away can put it back.
create table notes (
  key integer primary key,
  id blob not null,
  lead_key integer not null references leads (key) on delete cascade,
  text text not null,
  pinned integer not null default 0 check (pinned in (0, 1)),
  user_key integer references users (key),
  revision integer not null default 1,
  edited_at integer,
  removed_at integer,
  created_at integer not null
) strict;
create unique index notes_id on notes (id);
create index notes_lead on notes (lead_key, created_at);

-- Only the reference is kept: `link` of a page on the web, or `path`, sealed, of a file or folder on the machine named by `device_id`.
create table attachments (
  key integer primary key,
  id blob not null,
  lead_key integer not null references leads (key) on delete cascade,
  kind text not null check (kind in ('file', 'folder', 'link')),
  name text not null,
  link text,
  path blob,
  device_id text not null,
  user_key integer references users (key),
  removed_at integer,
  created_at integer not null,
  check ((kind = 'link') = (link is not null) and (kind = 'link') = (path is null))
) strict;
create unique index attachments_id on attachments (id);
create index attachments_lead on attachments (lead_key, created_at);

-- A task that was taken away can be put back; one that two people change at once is a conflict.
alter table tasks add column removed_at integer;
alter table tasks add column revision integer not null default 1;

create trigger notes_insert_is_logged after insert on notes begin
  insert into change_log (table_name, row_id, column_name, clock) values ('notes', new.id, '*', hybrid_clock());
end;
create trigger notes_delete_is_logged after delete on notes begin
  insert into change_log (table_name, row_id, column_name, clock) values ('notes', old.id, '-', hybrid_clock());
end;
create trigger notes_lead_key_is_logged after update of lead_key on notes when new.lead_key is not old.lead_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('notes', new.id, 'lead', (select id from leads where key = new.lead_key), hybrid_clock());
end;
create trigger notes_text_is_logged after update of text on notes when new.text is not old.text begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('notes', new.id, 'text', seal(new.text), hybrid_clock());
end;
create trigger notes_pinned_is_logged after update of pinned on notes when new.pinned is not old.pinned begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('notes', new.id, 'pinned', new.pinned, hybrid_clock());
end;
create trigger notes_removed_at_is_logged after update of removed_at on notes when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('notes', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;
create trigger attachments_insert_is_logged after insert on attachments begin
  insert into change_log (table_name, row_id, column_name, clock) values ('attachments', new.id, '*', hybrid_clock());
end;
create trigger attachments_delete_is_logged after delete on attachments begin
  insert into change_log (table_name, row_id, column_name, clock) values ('attachments', old.id, '-', hybrid_clock());
end;
create trigger attachments_lead_key_is_logged after update of lead_key on attachments when new.lead_key is not old.lead_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('attachments', new.id, 'lead', (select id from leads where key = new.lead_key), hybrid_clock());
end;
create trigger attachments_removed_at_is_logged after update of removed_at on attachments when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('attachments', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;
create trigger tasks_removed_at_is_logged after update of removed_at on tasks when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tasks', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;

-- Who recorded a consent; null where a file brought it. `basis` says how it was given, by a word that a screen has its own words for.
alter table consents add column user_key integer references users (key);
update consents set basis = 'staff' where basis = 'recorded by staff';
update consents set basis = 'merge' where basis in ('merged record', 'refused while merged');
