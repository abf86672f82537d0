package dev.trackside.log;

import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What memory cannot judge is judged by what is stored. Never waits. Safe for many threads. */
public interface Lookup {
  /**
   * Judges and numbers fixes of one runner.
   *
   * @param address what the sender is counted as, in sharing out unclaimed ids; null without limits
   */
  CompletableFuture<List<Verdict>> append(Runner runner, List<Fix> fixes, @Nullable Object address);
}
