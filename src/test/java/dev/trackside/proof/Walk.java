package dev.trackside.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What one phone reports, fix by fix: mostly news, some late, some said before. */
final class Walk {
  private static final int MOST_STEP_MS = 1_000;
  private static final int MOST_LATE_MS = 600_000;
  private static final int E6 = 1_000_000;

  private final String runner;
  private final int phone;
  private final Random random;
  private final List<ReportedFix> said = new ArrayList<>();
  private long newestMs;

  /**
   * @param phone tells the phones of one runner apart, 0 to 80
   */
  Walk(String runner, int phone, long startMs, Random random) {
    this.runner = runner;
    this.phone = phone;
    this.newestMs = startMs;
    this.random = random;
  }

  String runner() {
    return runner;
  }

  ReportedFix next() {
    int kind = random.nextInt(100);
    if (kind < 4 && !said.isEmpty()) {
      return said.get(random.nextInt(said.size()));
    }
    if (kind < 12 && !said.isEmpty()) {
      return said.getLast();
    }
    return kind < 25 ? fixAt(newestMs - 1 - random.nextInt(MOST_LATE_MS)) : newest();
  }

  /** One that was never said, of the newest moment. */
  ReportedFix newest() {
    newestMs += 1 + random.nextInt(MOST_STEP_MS);
    return fixAt(newestMs);
  }

  private ReportedFix fixAt(long tMs) {
    var fix = new ReportedFix(runner, tMs, phone * E6 + random.nextInt(E6), said.size() * 10);
    said.add(fix);
    return fix;
  }
}
