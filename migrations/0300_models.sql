-- Models that were trained here: what they were trained on and how they were judged (`report`), and the model itself as bytes with a
-- checksum. A model is never changed; what serves is the newest activation of its target.
create table models (
  key integer primary key,
  id text not null unique,
  target text not null,
  type text not null check (type in ('logistic_regression', 'random_forest', 'gradient_boosting', 'ensemble')),
  version integer not null,
  report text not null,
  artefact blob not null,
  checksum text not null,
  created_at integer not null,
  created_by integer references users (key),
  unique (target, version)
) strict;

create table model_activations (
  key integer primary key,
  target text not null,
  model_key integer not null references models (key),
  reason text not null check (reason in ('activated', 'rolled_back')),
  at integer not null,
  user_key integer references users (key)
) strict;
create index model_activations_target on model_activations (target, key);

-- What the model that serves says of each lead. It follows from the lead and the model, so it is not logged for synchronisation.
create table lead_predictions (
  lead_key integer primary key references leads (key) on delete cascade,
  model_key integer not null references models (key),
  probability real not null check (probability between 0 and 1),
  lower real not null,
  upper real not null,
  at integer not null
) strict;

create trigger models_insert_is_logged after insert on models begin
  insert into change_log (table_name, row_id, column_name, clock) values ('models', new.id, '*', hybrid_clock());
end;
