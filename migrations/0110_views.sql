-- Views of leads that somebody keeps under a name: what is shown, not which leads. `filter` is the one filter type in its version.
-- A view that was taken away can be put back.
create table views (
  key integer primary key,
  id text not null unique,
  name text not null,
  owner_key integer not null references users (key),
  -- The owner's team at the time: a view that is shared with the team stays with that team.
  team_key integer references teams (key),
  audience text not null check (audience in ('nobody', 'team', 'everyone')),
  filter_version integer not null,
  filter text,
  search text not null,
  sort text not null,
  direction text not null check (direction in ('ascending', 'descending')),
  columns text,
  removed_at integer,
  created_at integer not null,
  updated_at integer not null
) strict;
create index views_owner on views (owner_key);

create trigger views_insert_is_logged after insert on views begin
  insert into change_log (table_name, row_id, column_name, clock) values ('views', new.id, '*', hybrid_clock());
end;
create trigger views_delete_is_logged after delete on views begin
  insert into change_log (table_name, row_id, column_name, clock) values ('views', old.id, '-', hybrid_clock());
end;
create trigger views_name_is_logged after update of name on views when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'name', seal(new.name), hybrid_clock());
end;
create trigger views_audience_is_logged after update of audience on views when new.audience is not old.audience begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'audience', new.audience, hybrid_clock());
end;
create trigger views_filter_is_logged after update of filter on views when new.filter is not old.filter begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'filter', seal(new.filter), hybrid_clock());
end;
create trigger views_search_is_logged after update of search on views when new.search is not old.search begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'search', seal(new.search), hybrid_clock());
end;
create trigger views_sort_is_logged after update of sort, direction on views when new.sort is not old.sort or new.direction is not old.direction begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'sort', new.sort || ' ' || new.direction, hybrid_clock());
end;
create trigger views_columns_is_logged after update of columns on views when new.columns is not old.columns begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'columns', new.columns, hybrid_clock());
end;
create trigger views_removed_at_is_logged after update of removed_at on views when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('views', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;
