package dev.trackside.loadtest.report;

import static dev.trackside.loadtest.report.Markup.text;

import dev.trackside.loadtest.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report of a race: one HTML file without scripts and without other files. */
public final class Report {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Report() {}

  /**
   * Writes the report, replacing an existing file.
   *
   * @throws IllegalArgumentException when the latencies cannot be read
   */
  public static void write(Outcome outcome, Path file) throws IOException {
    Files.writeString(file, html(outcome));
  }

  static String html(Outcome outcome) {
    String when = MOMENT.format(Instant.ofEpochMilli(outcome.startedMs()));
    return page(
        "Load test of " + outcome.target(),
        """
        <header>
        <p class="of">Load test of <b>%s</b>, %s</p>
        %s
        </header>
        <main>
        %s
        <section class="charts">
        %s
        </section>
        <section class="facts">
        %s
        </section>
        </main>
        """
            .formatted(
                text(outcome.target()),
                text(when),
                verdict(outcome),
                Facts.tiles(outcome),
                new Charts(outcome)
                    .all().stream().map(Report::figure).collect(Collectors.joining("\n")),
                Facts.tables(outcome)));
  }

  private static String verdict(Outcome outcome) {
    List<String> failures = outcome.failures();
    if (failures.isEmpty()) {
      return "<h1 class=\"good\"><b>Passed.</b> %s</h1>".formatted(text(Facts.sentence(outcome)));
    }
    if (failures.size() == 1) {
      return "<h1 class=\"bad\"><b>Failed:</b> %s</h1>\n<p>%s</p>"
          .formatted(text(failures.getFirst()), text(Facts.sentence(outcome)));
    }
    String list =
        failures.stream()
            .map(failure -> "<li>" + text(failure) + "</li>")
            .collect(Collectors.joining("\n"));
    return "<h1 class=\"bad\"><b>Failed</b> for %d reasons</h1>\n<ul>\n%s\n</ul>\n<p>%s</p>"
        .formatted(failures.size(), list, text(Facts.sentence(outcome)));
  }

  private static String figure(Charts.Figure figure) {
    return """
        <figure>
        <h2>%s</h2>
        %s
        <figcaption>%s</figcaption>
        <details><summary>As a table<span class="of">: %s</span></summary>
        %s
        </details>
        </figure>"""
        .formatted(
            text(figure.chart().frame().title()),
            figure.chart().inPage(),
            text(figure.chart().frame().words()),
            text(figure.chart().frame().title()),
            Facts.table(figure.heading(), figure.rows()));
  }

  private static String page(String title, String body) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>%s</title>
        <style>
        %s%s</style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(text(title), STYLE, Chart.STYLE, body);
  }

  private static final String STYLE =
      """
      :root{--ink:#1d2733;--dim:#5a6878;--page:#f4f6f8;--card:#fff;--rule:#dde3ea;--good:#12683a;--bad:#b3261e}
      @media (prefers-color-scheme:dark){:root{--ink:#e8edf3;--dim:#a3b1c0;--page:#12181f;--card:#1b232c;--rule:#2e3a47;--good:#67d598;--bad:#ff9d92}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:1180px;padding:24px 16px 48px;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
      h1{margin:4px 0 8px;font-size:clamp(21px,4vw,30px);line-height:1.25;font-weight:500;text-wrap:balance;overflow-wrap:anywhere}
      h2{margin:0 0 8px;font-size:17px;font-weight:600}
      .good b{color:var(--good)} .bad b{color:var(--bad)}
      p,ul{margin:8px 0;overflow-wrap:anywhere} .of{color:var(--dim)} .of b{color:var(--ink)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:10px;margin:20px 0;padding:0}
      .tiles div,figure,.facts>div{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:12px 14px}
      .tiles dt{color:var(--dim);font-size:14px;line-height:1.3} .tiles dd{margin:2px 0 0;font-size:clamp(17px,5.4vw,22px);overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
      .charts,.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr));gap:12px;align-items:start;margin:0 0 12px}
      figure{margin:0;min-width:0} figcaption{color:var(--dim);font-size:14px} svg{display:block;width:100%;height:auto}
      details{margin-top:8px} summary{cursor:pointer;padding:6px 0} summary .of{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
      summary:focus-visible{outline:2px solid var(--ink);outline-offset:2px;border-radius:4px}
      .wide{overflow-x:auto} table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
      th,td{padding:4px 0 4px 12px;text-align:right;border-top:1px solid var(--rule);vertical-align:top}
      thead th{border:0;color:var(--dim);font-weight:400} th:first-child{padding-left:0;text-align:left;font-weight:400;overflow-wrap:anywhere}
      td{overflow-wrap:anywhere}
      @media print{body{background:none} details{display:none}}
      """;
}
