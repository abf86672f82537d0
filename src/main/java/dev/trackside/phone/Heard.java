package dev.trackside.phone;

import dev.trackside.track.Fix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an app has said: fixes in the order in which they should be shown, what was none, and
 * whether the runner asks for help. Not for several threads.
 */
final class Heard {
  /** How much junk of one request is told apart; the rest is only counted with the last of it. */
  private static final int MOST_JUNK = 100;

  private final List<Fix> fixes = new ArrayList<>();
  private final List<Junk> junk = new ArrayList<>();
  private @Nullable Dialect dialect;
  private boolean sos;

  /** Takes note in which dialect it goes on. */
  void in(Dialect next) {
    dialect = next;
  }

  void fix(Fix fix) {
    fixes.add(fix);
  }

  void junk(Reason reason, String words) {
    if (junk.size() < MOST_JUNK) {
      junk.add(new Junk(dialect(), reason, words));
    }
  }

  void sos() {
    sos = true;
  }

  /** The last one that was heard. */
  Dialect dialect() {
    return dialect == null ? Dialect.UNKNOWN : dialect;
  }

  List<Fix> fixes() {
    return fixes;
  }

  List<Junk> allJunk() {
    return junk;
  }

  boolean asksForHelp() {
    return sos;
  }
}
