package dev.trackside.log;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.trackside.track.Runner;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The open ids that came from one address, the idlest first. Guarded by {@link OpenIds}. */
final class Holder {
  /** Those with the fewest ids first; of equally many, those last whose idlest id is idlest. */
  static final Comparator<Holder> BY_SIZE =
      comparingInt((Holder holder) -> holder.ids.size())
          .thenComparing(comparingLong(Holder::idlestSeq).reversed())
          .thenComparingLong(holder -> holder.no);

  /**
   * An id that is held.
   *
   * @param heardSeq a number of the runner's: the newest one, or one before it
   */
  record Held(Holder by, Runner runner, long heardSeq) {}

  private final TreeSet<Held> ids =
      new TreeSet<>(comparingLong(Held::heardSeq).thenComparing(held -> held.runner().id()));

  /** The address; null for all that have no limits, or are not known any more. */
  final @Nullable Object address;

  private final long no;

  Holder(@Nullable Object address, long no) {
    this.address = address;
    this.no = no;
  }

  int size() {
    return ids.size();
  }

  private long idlestSeq() {
    return ids.isEmpty() ? 0 : ids.first().heardSeq;
  }

  Held add(Runner runner, long heardSeq) {
    var held = new Held(this, runner, heardSeq);
    ids.add(held);
    return held;
  }

  void remove(Held held) {
    ids.remove(held);
  }

  /**
   * Finds the id that has been heard of least lately. What is known is brought up to date only as
   * far as that takes, so that a position costs nothing here.
   *
   * @param newestSeq the newest number of a runner, or {@link OpenIds#NOT_IN_MEMORY}
   * @param moved is told ids that have been heard of since
   */
  Held idlest(ToLongFunction<Runner> newestSeq, Consumer<Held> moved) {
    while (true) {
      Held first = ids.first();
      long newest = newestSeq.applyAsLong(first.runner);
      if (newest <= first.heardSeq) {
        return first;
      }
      ids.remove(first);
      moved.accept(add(first.runner, newest));
    }
  }
}
