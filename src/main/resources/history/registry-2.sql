ALTER TABLE claim ADD COLUMN sos_ms INTEGER NOT NULL DEFAULT 0; -- since when the runner asks for help; negative once he was helped
