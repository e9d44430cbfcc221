-- How much of what the model leans on is known of the lead, and the revision of the lead that the prediction was made of: where it is
-- another than the lead's, the lead has changed since. What was predicted before is of no revision, and is predicted again.
alter table lead_predictions add column confidence real not null default 0 check (confidence between 0 and 1);
alter table lead_predictions add column lead_revision integer not null default 0;
