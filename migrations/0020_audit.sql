-- Append-only and hash-chained. Identifiers only: no personal value stands here in clear.
create table audit (
  sequence integer primary key,
  at integer not null,
  actor_id text,
  door text not null,
  action text not null,
  resource text,
  target_ids text not null,
  outcome text not null check (outcome in ('succeeded', 'refused', 'failed')),
  details text not null,
  previous blob not null,
  hash blob not null
) strict;
create index audit_action on audit (action, sequence);
create index audit_actor on audit (actor_id, sequence);

-- How long the chain is and how it ends, so that cutting off its tail shows.
create table audit_head (
  only integer primary key check (only = 1),
  sequence integer not null,
  hash blob not null
) strict;

create trigger audit_is_not_updated before update on audit begin
  select raise(abort, 'The audit is append-only.');
end;
create trigger audit_is_not_deleted before delete on audit begin
  select raise(abort, 'The audit is append-only.');
end;
