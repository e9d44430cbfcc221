-- What fitting the weights of the score anew came to, one row a look. At most the newest is open; one that was made for other weights than those that hold is no longer asked about.
create table weight_proposals (
  key integer primary key,
  id text not null unique,
  weights_key integer not null references lead_scoring_weights (key),
  verdict text not null check (verdict in ('too_few', 'not_better', 'proposal')),
  result text not null,
  state text not null check (state in ('open', 'accepted', 'dismissed')),
  created_at integer not null,
  decided_at integer,
  decided_by integer references users (key)
) strict;
