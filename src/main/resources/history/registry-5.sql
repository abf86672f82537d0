-- A mask is computed from the track and from the ends of runs.
ALTER TABLE claim ADD COLUMN ends TEXT NOT NULL DEFAULT ''; -- the runs that the runner has ended: last_ms,ended_ms;last_ms,ended_ms and so on
UPDATE claim SET ends = (run_from_ms - 1) || ',' || (run_from_ms - 1) WHERE run_from_ms > 0;
UPDATE claim SET ends = finished_ms || ',' || finished_ms WHERE finished_ms >= run_from_ms AND finished_ms > 0;
ALTER TABLE claim DROP COLUMN run_from_ms;
-- The runs up to a position, so that a start need not read older ones: seq;run;run and so on, each run
-- after_ms,first_ms,lat,lon,last_ms,lat,lon. It may be emptied at any time. The column zones has what older versions hid.
ALTER TABLE claim ADD COLUMN past TEXT NOT NULL DEFAULT '';
