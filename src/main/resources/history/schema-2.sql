-- Which registry says whose the positions here are, and how often it had changed when the newest of them were written.
CREATE TABLE registry (
  id       TEXT    NOT NULL, -- empty as long as there was none
  revision INTEGER NOT NULL
);
INSERT INTO registry VALUES ('', 0);
