package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;

/** What there is to tell the subscribers of one feed beside positions. Owned by a lane. */
interface NoticeSource {
  /** Takes note of a position; returns what is to be told for it. */
  List<Notice> heard(Position position);

  /** Comes once a second; returns what is to be told since the last time. */
  List<Notice> tick();

  /** What is told to somebody who has just come, or has missed something. */
  List<Notice> all();

  void erased(Runner runner);
}
