-- All times are epoch milliseconds UTC, angles degrees WGS84, lengths metres, speeds metres a second.

CREATE TABLE runner (
  no        INTEGER PRIMARY KEY AUTOINCREMENT, -- stands for the runner in the tables below; never given twice
  id        TEXT    NOT NULL UNIQUE,           -- anna, or berlin/1042
  floor_seq INTEGER NOT NULL                   -- smaller numbers are not his, or gone for their age
);

CREATE TABLE race (
  id        TEXT    NOT NULL PRIMARY KEY,      -- berlin; empty for runners in no race
  floor_seq INTEGER NOT NULL                   -- smaller numbers are not of the race, or somebody's gone
) WITHOUT ROWID;

-- What has just arrived, in the order of arrival: a position is durable as soon as it is here. Appending to
-- one tree touches few pages, however many runners there are. From time to time all of it moves to position.
CREATE TABLE arrival (
  seq          INTEGER PRIMARY KEY, -- the number of the position
  runner       INTEGER NOT NULL,    -- runner.no
  previous_seq INTEGER NOT NULL,    -- the runner's position that arrived before it, or 0
  t_ms         INTEGER NOT NULL,    -- the moment of the fix
  given_ms     INTEGER,             -- the moment as the sender gave it, where it is another; 0 when he gave none
  arrived_ms   INTEGER NOT NULL,    -- when it arrived, by the server's clock
  late         INTEGER NOT NULL,    -- 1 when its moment is older than the newest one's
  lat_deg      REAL    NOT NULL,
  lon_deg      REAL    NOT NULL,
  alt_m        REAL,                -- NULL here and below: not known
  accuracy_m   REAL,                -- radius
  speed_mps    REAL,
  heading_deg  REAL,                -- clockwise from north
  battery      REAL,                -- percent
  heart_rate   REAL,                -- beats a minute
  queue        REAL,                -- how many fixes the phone still held back
  extras       TEXT                 -- further members as the sender wrote them, JSON without the braces
);

-- Everything else, by runner.
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

-- Runners who are erased, until the last of their positions is.
CREATE TABLE erased (
  runner INTEGER PRIMARY KEY -- the runner.no that was
);

-- How far the numbers reach that have left arrival: one row.
CREATE TABLE reach (
  seq INTEGER NOT NULL
);
INSERT INTO reach VALUES (0);

-- Numbers between these two were never stored: shown live perhaps, and lost in a crash.
CREATE TABLE lost (
  after_seq  INTEGER PRIMARY KEY,
  before_seq INTEGER NOT NULL
);
