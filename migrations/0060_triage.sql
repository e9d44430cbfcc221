-- Weights of the five factors. The newest row that is not retired holds; none is ever changed.
create table lead_scoring_weights (
  key integer primary key,
  id text not null unique,
  engagement real not null check (engagement >= 0),
  recency real not null check (recency >= 0),
  source real not null check (source >= 0),
  contactability real not null check (contactability >= 0),
  course_fit real not null check (course_fit >= 0),
  created_at integer not null,
  created_by integer references users (key)
) strict;

create table lead_scoring_weights_audit (
  key integer primary key,
  weights_key integer not null references lead_scoring_weights (key),
  previous_key integer references lead_scoring_weights (key),
  changed_at integer not null,
  changed_by integer references users (key),
  reason text not null
) strict;
create trigger lead_scoring_weights_audit_is_not_updated before update on lead_scoring_weights_audit begin
  select raise(abort, 'The audit of weights is append-only.');
end;
create trigger lead_scoring_weights_audit_is_not_deleted before delete on lead_scoring_weights_audit begin
  select raise(abort, 'The audit of weights is append-only.');
end;

-- Everything else about scores and forecasts, one row a version.
create table triage_configurations (
  key integer primary key,
  kind text not null check (kind in ('triage', 'forecast')),
  value text not null,
  created_at integer not null,
  created_by integer references users (key)
) strict;
create index triage_configurations_kind on triage_configurations (kind, key);

-- What the workspace looked like when leads were scored.
create table triage_baselines (
  key integer primary key,
  value text not null,
  created_at integer not null
) strict;

-- A version of a lead's score: what went in, what it said, by which weights, as of when.
create table lead_scores (
  key integer primary key,
  lead_key integer not null references leads (key) on delete cascade,
  as_of integer not null,
  score real not null,
  probability real not null,
  confidence real not null,
  weights_key integer not null,
  configuration_key integer not null,
  forecast_key integer not null,
  baseline_key integer not null,
  inputs text not null,
  reasons text not null
) strict;
create index lead_scores_lead on lead_scores (lead_key, key);
