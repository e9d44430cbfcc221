-- The model that helps with words: one row of settings, and the key sealed with the workspace's data key. The key belongs to the address
-- that it was given for.
create table language_settings (
  only integer primary key check (only = 1),
  value text not null,
  updated_at integer not null
) strict;

create table language_keys (
  only integer primary key check (only = 1),
  base_url text not null,
  nonce text not null,
  sealed text not null,
  ending text not null,
  set_at integer not null,
  set_by integer references users (key)
) strict;

-- Who agreed that what they ask may leave the machine.
create table language_agreements (
  user_key integer primary key references users (key),
  agreed_at integer not null
) strict;

-- Every call, whatever became of it. `sent` and `answered` carry pseudonyms only and go when their time is over.
create table language_calls (
  key integer primary key,
  id text not null unique,
  at integer not null,
  user_key integer not null references users (key),
  purpose text not null,
  model text not null,
  host text not null,
  outcome text not null,
  requests integer not null,
  input_tokens integer not null,
  output_tokens integer not null,
  cache_write_tokens integer not null,
  cache_read_tokens integer not null,
  -- Millionths of the currency of the prices; null where no price was known.
  cost_micros integer,
  milliseconds integer not null,
  redactions text not null,
  tools text not null,
  sent text,
  answered text
) strict;
create index language_calls_at on language_calls (at);
create index language_calls_user on language_calls (user_key, at);
