-- The registry that the positions here rely on, and how often it had changed when the newest of them were written.
CREATE TABLE registry (
  id       TEXT    NOT NULL, -- empty if it was never recorded
  revision INTEGER NOT NULL
);
INSERT INTO registry VALUES ('', 0);
