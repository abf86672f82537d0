-- All times are epoch milliseconds UTC. Keys are stored as SHA-256 in hexadecimal.

CREATE TABLE claim (
  runner     TEXT    NOT NULL PRIMARY KEY, -- anna, or berlin/1042
  name       TEXT    NOT NULL,             -- what people call the runner
  key_hash   TEXT    NOT NULL UNIQUE,
  visibility TEXT    NOT NULL,             -- PUBLIC or LINK
  mask_m     INTEGER NOT NULL,             -- metres around start and end that only the key's owner sees
  finished_ms INTEGER NOT NULL,            -- when the run ended, or 0 while it goes on
  run_from_ms INTEGER NOT NULL,            -- fixes before this moment belong to earlier runs
  zones      TEXT    NOT NULL,             -- where earlier runs began and ended: lat,lon,slack_m;lat,lon,slack_m and so on
  claimed_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE link (
  id         TEXT    NOT NULL PRIMARY KEY, -- identifies the link; not secret
  feed       TEXT    NOT NULL,             -- anna, berlin/1042 or berlin/*
  name       TEXT    NOT NULL,             -- what its creator calls it
  expires_ms INTEGER NOT NULL,
  key_hash   TEXT    NOT NULL UNIQUE
) WITHOUT ROWID;

CREATE INDEX link_by_feed ON link (feed);
