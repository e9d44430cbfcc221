-- What each look at the model that serves found: whether leads have moved, whether outcomes are as it says. The newest is asked about; older ones tell since when.
create table model_watch (
  key integer primary key,
  model_key integer not null references models (key),
  at integer not null,
  drift text not null,
  calibration text,
  retrain text not null
) strict;
create index model_watch_model on model_watch (model_key, at);
