package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Second;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows the progress of a race: on a terminal a line that is rewritten, else one every 10 s. */
final class ProgressBar implements Progress {
  private static final int EVERY_SECONDS = 10;
  private static final int WIDTH = 20;

  private final PrintWriter out;
  private final boolean terminal;

  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void passed(Second second, int ofSeconds, int trouble) {
    if (terminal) {
      out.print("\r\033[K" + line(second, ofSeconds, trouble));
      out.flush();
    } else if (second.at() % EVERY_SECONDS == EVERY_SECONDS - 1 || second.at() == 0) {
      out.println(line(second, ofSeconds, trouble));
      out.flush();
    }
  }

  /** Ends the line. */
  void end() {
    if (terminal) {
      out.println();
      out.flush();
    }
  }

  private static String line(Second second, int ofSeconds, int trouble) {
    int passed = second.at() + 1;
    int full = Math.min(WIDTH, WIDTH * passed / ofSeconds);
    return "%s/%s %s%s %,d open, %,d/s sent, %,d/s delivered, p50 %s p99 %s max %s ms%s%s"
        .formatted(
            time(passed),
            time(ofSeconds),
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            second.open(),
            second.sent(),
            second.delivered(),
            ms(second.p50Ms()),
            ms(second.p99Ms()),
            ms(second.maxMs()),
            Double.isNaN(second.cores())
                ? ""
                : String.format(
                    Locale.ROOT, ", server %.2f cores %.0f MiB", second.cores(), second.rssMib()),
            trouble == 0 ? "" : ", " + trouble + " kinds of problems");
  }

  private static String time(int seconds) {
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private static String ms(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.0f", value);
  }
}
