-- What working with many leads at once needs: tags, changes that can be taken back, and views that group.

-- Words that people put on leads. A tag that was removed, or merged into another, keeps its leads, so that either can be taken back by
-- one value: `merged_into` is the key of the tag that stands for it.
create table tags (
  key integer primary key,
  id text not null unique,
  name text not null,
  folded text not null,
  merged_into integer references tags (key),
  removed_at integer,
  created_by integer references users (key),
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index tags_folded on tags (folded) where removed_at is null and merged_into is null;
create index tags_merged on tags (merged_into) where merged_into is not null;

create table lead_tags (
  lead_key integer not null references leads (key) on delete cascade,
  tag_key integer not null references tags (key) on delete cascade,
  primary key (lead_key, tag_key)
) strict, without rowid;
create index lead_tags_tag on lead_tags (tag_key);

create trigger tags_insert_is_logged after insert on tags begin
  insert into change_log (table_name, row_id, column_name, clock) values ('tags', new.id, '*', hybrid_clock());
end;
create trigger tags_delete_is_logged after delete on tags begin
  insert into change_log (table_name, row_id, column_name, clock) values ('tags', old.id, '-', hybrid_clock());
end;
create trigger tags_name_is_logged after update of name on tags when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tags', new.id, 'name', seal(new.name), hybrid_clock());
end;
create trigger tags_merged_into_is_logged after update of merged_into on tags when new.merged_into is not old.merged_into begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tags', new.id, 'merged_into', (select id from tags where key = new.merged_into), hybrid_clock());
end;
create trigger tags_removed_at_is_logged after update of removed_at on tags when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tags', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;
-- Each tag of a lead is a column of its own, so that two devices may each add one. What goes with its lead needs no entry.
create trigger lead_tags_insert_is_logged after insert on lead_tags begin
  insert into change_log (table_name, row_id, column_name, value, clock) select 'leads', l.id, 'tag ' || t.id, 1, hybrid_clock() from leads l, tags t where l.key = new.lead_key and t.key = new.tag_key;
end;
create trigger lead_tags_delete_is_logged after delete on lead_tags begin
  insert into change_log (table_name, row_id, column_name, value, clock) select 'leads', l.id, 'tag ' || t.id, 0, hybrid_clock() from leads l, tags t where l.key = old.lead_key and t.key = old.tag_key;
end;

-- One change of many leads: what each lead had and what it got, so that it can be taken back lead by lead.
create table bulk_changes (
  key integer primary key,
  id text not null unique,
  user_key integer not null references users (key),
  field text not null check (field in ('stage', 'owner', 'tags')),
  -- What was asked for: a stage, an id, or names of tags. Shown to whoever asked.
  wanted text not null,
  state text not null check (state in ('running', 'done', 'undone')),
  at integer not null,
  undone_at integer
) strict;
create index bulk_changes_user on bulk_changes (user_key, key);

create table bulk_change_leads (
  change_key integer not null references bulk_changes (key) on delete cascade,
  lead_key integer not null references leads (key) on delete cascade,
  before any,
  after any,
  primary key (change_key, lead_key)
) strict, without rowid;
create index bulk_change_leads_lead on bulk_change_leads (lead_key);

-- How a view groups its leads, and how wide its columns are. Null means: not grouped, each its usual width.
alter table views add column grouping text;
alter table views add column widths text;
create trigger views_grouping_is_logged after update of grouping on views when new.grouping is not old.grouping begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'grouping', new.grouping, hybrid_clock());
end;
create trigger views_widths_is_logged after update of widths on views when new.widths is not old.widths begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'widths', new.widths, hybrid_clock());
end;
