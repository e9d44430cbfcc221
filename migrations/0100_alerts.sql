-- Alerts: one a lead and cause, for ever; a cause that comes back opens the same row again. Written with the scores, and only where a
-- lead's alerts changed. `cause`, `severity` and `state` are positions in the lists of src/domain/admissions/alerts and triage/blockers,
-- which only ever grow at their ends. `evidence` holds the figures of the day on which it was opened.
create table alerts (
  lead_key integer not null references leads (key) on delete cascade,
  cause integer not null,
  level integer not null check (level in (1, 2, 3)),
  severity integer not null,
  state integer not null check (state in (0, 1, 2, 3)),
  present integer not null check (present in (0, 1)),
  evidence text not null,
  opened_at integer not null,
  due_at integer not null,
  acknowledged_at integer,
  snoozed_until integer,
  resolved_at integer,
  escalated_at integer,
  told_at integer,
  manager_told_at integer,
  -- Who moved it last, and how often it has been moved: an undo is for the step that it names.
  user_key integer references users (key),
  revision integer not null default 0,
  primary key (lead_key, cause)
) strict, without rowid;
-- What waits, in the order in which it is shown; all that a list needs is in here.
create index alerts_live on alerts (level desc, due_at, lead_key, cause, state, opened_at, escalated_at) where state <> 3;
create index alerts_resolved on alerts (resolved_at desc) where state = 3;
-- Of whom nobody has told yet.
create index alerts_untold on alerts (lead_key) where state = 0 and level = 3 and told_at is null;
create index alerts_manager_untold on alerts (lead_key) where escalated_at is not null and manager_told_at is null and state <> 3;

-- The levels of all causes as one number, so that a run over all leads sees at once whose alerts changed. Null before the first run.
alter table leads add column alerts integer;

-- Every step after the opening; what was before it, so that it can be taken back. A person's step has an id, by which it is logged.
create table alert_events (
  key integer primary key,
  id blob,
  lead_key integer not null references leads (key) on delete cascade,
  cause integer not null,
  step text not null check (step in ('acknowledged', 'snoozed', 'resolved', 'reopened', 'undone', 'escalated', 'woke', 'gone', 'returned')),
  at integer not null,
  user_key integer references users (key),
  note text,
  before text not null
) strict;
create unique index alert_events_id on alert_events (id) where id is not null;
create index alert_events_alert on alert_events (lead_key, cause, key);

-- An opening follows from the lead, which is logged itself; what is logged here is what people did, and what time did to that.
create trigger alerts_state_is_logged after update of state on alerts when new.state is not old.state begin
  insert into change_log (table_name, row_id, column_name, value, clock)
  values ('alerts', (select lower(hex(id)) from leads where key = new.lead_key) || ':' || new.cause, 'state', new.state, hybrid_clock());
end;
create trigger alerts_snoozed_until_is_logged after update of snoozed_until on alerts when new.snoozed_until is not old.snoozed_until begin
  insert into change_log (table_name, row_id, column_name, value, clock)
  values ('alerts', (select lower(hex(id)) from leads where key = new.lead_key) || ':' || new.cause, 'snoozed_until', new.snoozed_until, hybrid_clock());
end;
create trigger alerts_escalated_at_is_logged after update of escalated_at on alerts when new.escalated_at is not old.escalated_at begin
  insert into change_log (table_name, row_id, column_name, value, clock)
  values ('alerts', (select lower(hex(id)) from leads where key = new.lead_key) || ':' || new.cause, 'escalated_at', new.escalated_at, hybrid_clock());
end;
create trigger alert_events_insert_is_logged after insert on alert_events when new.id is not null begin
  insert into change_log (table_name, row_id, column_name, clock) values ('alert_events', new.id, '*', hybrid_clock());
end;
