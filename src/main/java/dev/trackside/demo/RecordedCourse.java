package dev.trackside.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** The recordings in the jar; CREDITS.md beside them names their authors. */
public enum RecordedCourse {
  BEDFORD("bedford-5k.gpx"),
  COBURG("coburg-parkrun.gpx");

  private final String file;

  RecordedCourse(String file) {
    this.file = file;
  }

  Recording recording() throws IOException {
    String path = "/rehearsal/" + file;
    try (var gpx = requireNonNull(RecordedCourse.class.getResourceAsStream(path), path)) {
      return Recording.read(gpx);
    }
  }
}
