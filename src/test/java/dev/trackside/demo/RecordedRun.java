package dev.trackside.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A recording of the rehearsal, for tests of other rooms. */
public final class RecordedRun {
  /** Place and speed of the runner. */
  public record Moment(double latDeg, double lonDeg, double speedMps) {}

  private final Recording recording;

  public RecordedRun(RecordedCourse course) {
    try {
      recording = course.recording();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The moment so many seconds after the start; after the end the runner goes round again. */
  public Moment at(double second) {
    Recording.Moment moment = recording.at(second);
    return new Moment(moment.place().latDeg(), moment.place().lonDeg(), moment.speedMps());
  }
}
