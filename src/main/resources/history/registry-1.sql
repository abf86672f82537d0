-- All times are epoch milliseconds UTC. A key is kept as its SHA-256, in hexadecimal digits.

CREATE TABLE claim (
  runner     TEXT    NOT NULL PRIMARY KEY, -- anna, or berlin/1042
  name       TEXT    NOT NULL,             -- what people call the runner
  key_hash   TEXT    NOT NULL UNIQUE,
  visibility TEXT    NOT NULL,             -- PUBLIC or LINK
  mask_m     INTEGER NOT NULL,             -- metres around start and end that only the key's holder sees
  finished   INTEGER NOT NULL,             -- 1: what arrives is neither stored nor shown
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
