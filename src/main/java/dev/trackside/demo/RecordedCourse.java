package dev.trackside.demo;

import java.io.FileNotFoundException;
import java.io.IOException;

/** The recordings that come with the server; CREDITS.md beside them says whose they are. */
public enum RecordedCourse {
  BEDFORD("bedford-5k.gpx"),
  COBURG("coburg-parkrun.gpx");

  private final String file;

  RecordedCourse(String file) {
    this.file = file;
  }

  Recording recording() throws IOException {
    String path = "/rehearsal/" + file;
    try (var gpx = RecordedCourse.class.getResourceAsStream(path)) {
      if (gpx == null) {
        throw new FileNotFoundException(path + " is not in the jar");
      }
      return Recording.read(gpx);
    }
  }
}
