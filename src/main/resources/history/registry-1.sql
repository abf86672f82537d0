-- All times are epoch milliseconds UTC. A key is kept as its SHA-256, in hexadecimal digits.

CREATE TABLE claim (
  runner     TEXT    NOT NULL PRIMARY KEY, -- anna, or berlin/1042
  name       TEXT    NOT NULL,             -- what people call the runner
  key_hash   TEXT    NOT NULL UNIQUE,
  visibility TEXT    NOT NULL,             -- PUBLIC or LINK
  mask_m     INTEGER NOT NULL,             -- metres around start and end that only the key's holder sees
  finished_ms INTEGER NOT NULL,            -- when the run ended: nothing is taken since; 0 while it goes on
  run_from_ms INTEGER NOT NULL,            -- the first moment of a fix that belongs to the present run
  zones      TEXT    NOT NULL,             -- where earlier runs began and ended: lat,lon,slack in metres; and so on
  claimed_ms INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE link (
  id         TEXT    NOT NULL PRIMARY KEY, -- tells it from others; no secret
  feed       TEXT    NOT NULL,             -- anna, berlin/1042 or berlin/*
  name       TEXT    NOT NULL,             -- what its maker calls it
  expires_ms INTEGER NOT NULL,
  key_hash   TEXT    NOT NULL UNIQUE
) WITHOUT ROWID;

CREATE INDEX link_by_feed ON link (feed);
