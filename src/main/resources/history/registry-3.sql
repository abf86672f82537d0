-- What tells this registry from every other, and how often it has changed: the log notes both, so that a registry
-- that was lost, or an old copy of it, is noticed beside newer positions.
CREATE TABLE identity (
  id       TEXT    NOT NULL,
  revision INTEGER NOT NULL
);
INSERT INTO identity VALUES (lower(hex(randomblob(16))), 0);

-- What the server keeps to itself for as long as its data: 64 hexadecimal digits each.
CREATE TABLE secret (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
