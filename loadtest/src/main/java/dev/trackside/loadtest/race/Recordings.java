package dev.trackside.loadtest.race;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the recorded runs. */
final class Recordings {
  private static final List<String> OURS = List.of("bedford-5k.gpx", "coburg-parkrun.gpx");
  private static final int MOST = 200;

  private Recordings() {}

  /**
   * Reads GPX files and directories of them; without any, the recordings of the rehearsal.
   *
   * @throws IOException when a file cannot be read or does not hold a run; the message names it
   */
  static List<Recording> read(List<Path> paths) throws IOException {
    var recordings = new ArrayList<Recording>();
    for (Path file : files(paths)) {
      try (var gpx = Files.newInputStream(file)) {
        recordings.add(Recording.read(gpx));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return recordings.isEmpty() ? ours() : List.copyOf(recordings);
  }

  private static List<Path> files(List<Path> paths) throws IOException {
    var files = new ArrayList<Path>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new FileNotFoundException("there is no " + path);
      }
      if (Files.isDirectory(path)) {
        try (var inside = Files.newDirectoryStream(path, "*.gpx")) {
          inside.forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    if (!paths.isEmpty() && files.isEmpty()) {
      throw new FileNotFoundException("there is no .gpx file in " + paths);
    }
    if (files.size() > MOST) {
      throw new IOException("at most " + MOST + " recordings are played, got " + files.size());
    }
    files.sort(null);
    return files;
  }

  private static List<Recording> ours() throws IOException {
    var recordings = new ArrayList<Recording>();
    for (String name : OURS) {
      try (var gpx = Recordings.class.getResourceAsStream("/rehearsal/" + name)) {
        if (gpx == null) {
          throw new FileNotFoundException(name + " is not in the jar");
        }
        recordings.add(Recording.read(gpx));
      }
    }
    return recordings;
  }
}
