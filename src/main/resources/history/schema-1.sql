-- All times are epoch milliseconds UTC, angles degrees WGS84, lengths metres, speeds metres per second.

CREATE TABLE runner (
  no        INTEGER PRIMARY KEY AUTOINCREMENT, -- identifies the runner in the tables below; never reused
  id        TEXT    NOT NULL UNIQUE,           -- anna, or berlin/1042
  floor_seq INTEGER NOT NULL                   -- all of the runner's positions above this number are kept
);

CREATE TABLE race (
  id        TEXT    NOT NULL PRIMARY KEY,      -- berlin; empty for runners in no race
  floor_seq INTEGER NOT NULL                   -- all of the race's positions above this number are kept
) WITHOUT ROWID;

-- The journal: new positions, in the order of arrival. A position is durable as soon as it is here. Appending to one tree
-- touches few pages, however many runners there are. From time to time a compaction moves all rows to position.
CREATE TABLE arrival (
  seq          INTEGER PRIMARY KEY, -- the number of the position
  runner       INTEGER NOT NULL,    -- runner.no
  previous_seq INTEGER NOT NULL,    -- the runner's position that arrived before it, or 0
  t_ms         INTEGER NOT NULL,    -- the moment of the fix
  given_ms     INTEGER,             -- the time given by the sender if it differs from t_ms; 0 if none was given
  arrived_ms   INTEGER NOT NULL,    -- when it arrived, by the server's clock
  late         INTEGER NOT NULL,    -- 1 if its moment is older than the newest one's
  lat_deg      REAL    NOT NULL,
  lon_deg      REAL    NOT NULL,
  alt_m        REAL,                -- NULL here and below: unknown
  accuracy_m   REAL,                -- radius
  speed_mps    REAL,
  heading_deg  REAL,                -- clockwise from north
  battery      REAL,                -- percent
  heart_rate   REAL,                -- beats per minute
  queue        REAL,                -- how many fixes the phone had still to send
  extras       TEXT                 -- other members as the sender wrote them, JSON without the braces
);

-- The tracks: all older positions, by runner.
CREATE TABLE position (
  runner       INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  previous_seq INTEGER NOT NULL,
  t_ms         INTEGER NOT NULL,
  given_ms     INTEGER,
  arrived_ms   INTEGER NOT NULL,
  late         INTEGER NOT NULL,
  lat_deg      REAL    NOT NULL,
  lon_deg      REAL    NOT NULL,
  alt_m        REAL,
  accuracy_m   REAL,
  speed_mps    REAL,
  heading_deg  REAL,
  battery      REAL,
  heart_rate   REAL,
  queue        REAL,
  extras       TEXT,
  PRIMARY KEY (runner, seq)
) WITHOUT ROWID;

CREATE INDEX position_by_time ON position (runner, t_ms);
CREATE INDEX position_by_given_time ON position (runner, given_ms) WHERE given_ms IS NOT NULL;

-- Erased runners whose positions are not all overwritten yet.
CREATE TABLE erased (
  runner INTEGER PRIMARY KEY -- the former runner.no
);

-- The newest number that has left arrival: one row.
CREATE TABLE reach (
  seq INTEGER NOT NULL
);
INSERT INTO reach VALUES (0);

-- Ranges of numbers that were never stored: possibly shown live, and lost in a crash.
CREATE TABLE lost (
  after_seq  INTEGER PRIMARY KEY,
  before_seq INTEGER NOT NULL
);
