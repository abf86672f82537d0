-- The identity of this registry, and how often it has changed. The log records both, so that a lost registry or an old
-- copy of it is detected beside newer positions.
CREATE TABLE identity (
  id       TEXT    NOT NULL,
  revision INTEGER NOT NULL
);
INSERT INTO identity VALUES (lower(hex(randomblob(16))), 0);

-- Secrets of the server that live as long as its data: 64 hexadecimal digits each.
CREATE TABLE secret (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
