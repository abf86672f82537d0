ALTER TABLE claim ADD COLUMN sos_ms INTEGER NOT NULL DEFAULT 0; -- when the runner began to ask for help, or 0; negative once they have been helped
