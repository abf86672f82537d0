package dev.trackside;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SecurityTableTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!threat|---).*$");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void everyRowNamesTestsThatAreThere() throws IOException {
    Map<String, String> sources;
    try (var files = Files.walk(TESTS)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(
                  toMap(
                      file -> file.getFileName().toString().replace(".java", ""),
                      SecurityTableTest::text,
                      String::concat));
    }
    var rows = ROW.matcher(Files.readString(Path.of("docs/security.md"))).results().toList();
    assertThat(rows).hasSizeGreaterThan(30);
    for (MatchResult row : rows) {
      var tests = TEST.matcher(row.group()).results().toList();
      assertThat(tests).as(row.group()).isNotEmpty();
      assertThat(tests)
          .as(row.group())
          .allMatch(
              test ->
                  sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
