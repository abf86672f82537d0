package dev.trackside.log;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import dev.trackside.track.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is stored and the newest positions in memory, as one. Its methods may wait, but for {@link
 * #append}. Safe for use by many threads.
 */
public interface Past {
  /**
   * Judges and numbers fixes by what is stored of the runner.
   *
   * @param address what the sender is counted as, in sharing out unclaimed ids; null without limits
   */
  CompletableFuture<List<Verdict>> append(Runner runner, List<Fix> fixes, @Nullable Object address);

  /** {@link TrackReader#latest}. */
  List<Position> latest(Feed feed, int each);

  /** {@link TrackReader#startOfLatest}. */
  Optional<Position> startOfLatest(Runner runner, int each, long untilSeq);

  /** {@link TrackReader#newest}. */
  List<Position> newest(Collection<Runner> runners);

  /** {@link TrackReader#after}. */
  Page after(Feed feed, long seq, int limit);

  /** {@link TrackReader#between}. */
  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit);
}
