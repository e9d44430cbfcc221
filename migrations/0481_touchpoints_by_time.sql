-- Contacts of a week, whoever logged them.
create index touchpoints_at on touchpoints (at);
