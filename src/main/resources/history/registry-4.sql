-- 0 while the runner has never had a position.
ALTER TABLE claim ADD COLUMN used INTEGER NOT NULL DEFAULT 1;

-- 1 while bytes of removed entries may still be in the files.
ALTER TABLE identity ADD COLUMN unswept INTEGER NOT NULL DEFAULT 0;
