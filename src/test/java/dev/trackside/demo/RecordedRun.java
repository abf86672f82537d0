package dev.trackside.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The recordings of the rehearsal, for tests outside of this room. Immutable. */
public final class RecordedRun {
  /** Where a runner is, and how fast. */
  public record Moment(double latDeg, double lonDeg, double speedMps) {}

  private final Recording recording;

  public RecordedRun(RecordedCourse course) {
    try {
      recording = course.recording();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where the runner is at some moment.
   *
   * @param second any number of seconds since the start; behind the end it goes round again
   */
  public Moment at(double second) {
    Recording.Moment moment = recording.at(second);
    return new Moment(moment.place().latDeg(), moment.place().lonDeg(), moment.speedMps());
  }
}
