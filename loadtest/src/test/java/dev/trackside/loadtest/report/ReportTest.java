package dev.trackside.loadtest.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.loadtest.result.Counts;
import dev.trackside.loadtest.result.Latency;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.Second;
import dev.trackside.loadtest.result.ServerUse;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

final class ReportTest {
  private static final String HOSTILE = "</style><script>alert(\"1\")</script>&'\u0007\ud800";

  private static Outcome outcome(String words, List<Second> seconds, List<String> failures) {
    var latencies = Latency.histogram();
    IntStream.range(0, 1_000).forEach(i -> latencies.recordValue(500 + 37L * i));
    return new Outcome(
        words,
        1_795_327_517_416L,
        Map.of(words, words),
        new Counts(10, 1, 2, 3, 100, 99, 1_000, 998, 2, 0, 0, 0),
        Latency.encode(latencies),
        seconds,
        new ServerUse(1.5, 7.5, 100, 120, 110, Double.NaN, 40, 30),
        failures,
        List.of(words));
  }

  private static List<Second> seconds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Second(i, 10, 50, i * 10L, i == 0 ? Double.NaN : 1, 5, 9, 0.2, 100))
        .toList();
  }

  /** Well-formed XML in HTML syntax reads the same in every browser. */
  private static Document parsed(String html) throws Exception {
    String body = html.substring("<!DOCTYPE html>".length()).strip();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private static String heading(Document page) {
    return page.getElementsByTagName("h1").item(0).getTextContent();
  }

  @Test
  void theVerdictComesFirst() throws Exception {
    assertThat(heading(parsed(Report.html(outcome("a", seconds(60), List.of())))))
        .isEqualTo(
            "Passed. 998 positions delivered over 10 connections, 2 lost, 99 % within 37.1 ms.");
    assertThat(heading(parsed(Report.html(outcome("a", seconds(60), List.of("too late"))))))
        .isEqualTo("Failed: too late");
    assertThat(heading(parsed(Report.html(outcome("a", seconds(60), List.of("late", "lost"))))))
        .isEqualTo("Failed for 2 reasons");
  }

  @Test
  void eachChartIsNamedAndHasATable() throws Exception {
    var page = parsed(Report.html(outcome("a", seconds(2_000), List.of())));
    int charts = page.getElementsByTagName("svg").getLength();
    assertThat(charts).isEqualTo(6);
    assertThat(page.getElementsByTagName("desc").getLength()).isEqualTo(charts);
    assertThat(page.getElementsByTagName("details").getLength()).isEqualTo(charts);
    assertThat(page.getElementsByTagName("tr").getLength()).isLessThan(300);
  }

  @Test
  void hostileTextStaysText() throws Exception {
    String html = Report.html(outcome(HOSTILE, seconds(3), List.of(HOSTILE, HOSTILE)));
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(parsed(html).getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void nothingIsFetched() {
    String html = Report.html(outcome("ws://localhost", seconds(3), List.of()));
    assertThat(html).doesNotContain("http").doesNotContain("src=").doesNotContain("url(");
  }

  @Test
  void aTestWithoutSecondsServerOrDeliveriesHasAReport(@TempDir Path directory) throws Exception {
    var empty =
        new Outcome(
            "a",
            0,
            Map.of(),
            new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            Latency.encode(Latency.histogram()),
            List.of(),
            null,
            List.of(),
            List.of());
    Path file = directory.resolve("report.html");
    Report.write(empty, file);
    var page = parsed(Files.readString(file));
    assertThat(page.getElementsByTagName("svg").getLength()).isZero();
    assertThat(heading(page)).startsWith("Passed.");
  }
}
