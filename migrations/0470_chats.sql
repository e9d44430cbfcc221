-- Talks about leads, each for the person who had it. Like questions that were asked they say what somebody looked for, not what the
-- workspace holds, so they are not logged for synchronisation. One that was deleted can be taken back for a day.
create table lead_chats (
  key integer primary key,
  id text not null unique,
  user_key integer not null references users (key),
  title text not null,
  -- The lead on screen when it was begun.
  lead_key integer references leads (key) on delete set null,
  started_at integer not null,
  last_at integer not null,
  removed_at integer
) strict;
create index lead_chats_of on lead_chats (user_key, last_at desc) where removed_at is null;
create index lead_chats_about on lead_chats (lead_key) where lead_key is not null;

create table lead_chat_messages (
  key integer primary key,
  id text not null unique,
  chat_key integer not null references lead_chats (key) on delete cascade,
  author text not null check (author in ('person', 'ivy')),
  body text not null,
  -- Who wrote an answer: a model, or this machine from the same figures. Null for the person's words.
  written_by text check (written_by in ('model', 'machine')),
  -- JSON: leads it names, actions it proposes, what could be asked next, what it goes on from, why no model wrote it.
  details text not null default '{}',
  at integer not null
) strict;
create index lead_chat_messages_of on lead_chat_messages (chat_key, key);
