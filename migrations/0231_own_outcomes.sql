-- Regressions of passing on a workspace's own exams, in versions; the newest serves where it is the better one. They follow from other rows, so
-- they are not logged for synchronisation.
create table study_outcome_regressions (
  key integer primary key,
  at integer not null,
  exams integer not null,
  passed integer not null,
  -- Moments before the exams that it was fitted on.
  moments integer not null,
  -- On students that it had not seen, beside the regression that came with the program on the same moments.
  auc real not null,
  brier real not null,
  published_auc real not null,
  published_brier real not null,
  better integer not null check (better in (0, 1)),
  -- The model as JSON.
  model text not null
) strict;
