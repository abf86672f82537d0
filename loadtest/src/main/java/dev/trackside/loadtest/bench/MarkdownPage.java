package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Markdown page with parts that commands fill, each between {@code <!-- name -->} and {@code <!--
 * /name -->}.
 */
record MarkdownPage(Path file) {
  /**
   * Replaces the text of a part, or adds the part at the end.
   *
   * @throws IOException when the part has no end, or the file cannot be written
   */
  void fill(String part, String text) throws IOException {
    String begin = "<!-- " + part + " -->";
    String end = "<!-- /" + part + " -->";
    String page = Files.exists(file) ? Files.readString(file) : "";
    String filled = begin + "\n" + text.strip() + "\n" + end;
    int from = page.indexOf(begin);
    if (from < 0) {
      Files.writeString(file, page.stripTrailing() + "\n\n" + filled + "\n");
      return;
    }
    int to = page.indexOf(end, from);
    if (to < 0) {
      throw new IOException(file + " has " + begin + " and no " + end);
    }
    Files.writeString(file, page.substring(0, from) + filled + page.substring(to + end.length()));
  }

  static Path directory(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("."));
  }

  static void json(Path file, Object figures) throws IOException {
    Files.writeString(
        file,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(figures));
  }

  /** A line that describes the machine. */
  static String machine() {
    return String.format(
        Locale.ROOT,
        "%s. %s, %d cores, %s %s, Java %s.",
        LocalDate.now(ZoneOffset.UTC),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  private static String processor() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      return lines.stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
