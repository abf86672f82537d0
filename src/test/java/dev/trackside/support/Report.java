package dev.trackside.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The last result of a proof, kept at the end of a page in docs/. */
public final class Report {
  private static final String HEADING = "## Last result";

  private Report() {}

  /**
   * Puts a result in the place of the one before.
   *
   * @param page the file
   */
  public static void write(String page, String result) throws IOException {
    String text = Files.readString(Path.of(page));
    int end = text.indexOf(HEADING);
    if (end < 0) {
      throw new IOException(page + " has no line \"" + HEADING + "\"");
    }
    String where =
        "%s, %d cores, Java %s"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    Files.writeString(
        Path.of(page),
        text.substring(0, end) + HEADING + "\n\n" + where + ".\n\n" + result.strip() + "\n");
  }
}
