package dev.trackside.api;

import dev.trackside.access.Key;
import dev.trackside.call.Problem;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Claims that a caller can ask for again when the answer was lost: for a day, the newest {@value
 * #MOST}, and in memory only, since they hold keys. Safe for use by many threads.
 */
final class RepeatableClaims {
  static final int MOST = 10_000;
  static final Duration KEPT = Duration.ofDays(1);

  /**
   * What a call is recognised by.
   *
   * @param text the call's {@code Idempotency-Key}
   * @param address what the caller is counted as; null without limits
   * @param shown the key that was shown, if any
   */
  record Name(String text, @Nullable Object address, Key.@Nullable Hash shown) {}

  /**
   * A claim that was made.
   *
   * @param key the runner's, in plain text
   * @param follow the address to follow the runner at
   */
  record Made(Runner runner, String key, String follow) {
    @Override
    public String toString() {
      return runner.id(); // the key must not be logged
    }
  }

  private static final class Entry {
    final String body;
    final long askedMs;
    @Nullable Made made;

    Entry(String body, long askedMs) {
      this.body = body;
      this.askedMs = askedMs;
    }
  }

  private final InstantSource clock;
  private final LinkedHashMap<Name, Entry> entries = new LinkedHashMap<>();

  RepeatableClaims(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The claim that was made under this name, or a new one.
   *
   * @param body what was asked for
   * @param isValid whether a claim is still as it was made
   * @throws Problem when the name was used for something else, or is being answered
   */
  Made get(Name name, String body, Predicate<Made> isValid, Supplier<Made> claim) {
    Made known = known(name, body, isValid);
    if (known != null) {
      return known;
    }
    Made made = null;
    try {
      made = claim.get();
      return made;
    } finally {
      settle(name, made);
    }
  }

  private synchronized @Nullable Made known(Name name, String body, Predicate<Made> isValid) {
    long nowMs = clock.millis();
    dropOld(nowMs);
    Entry entry = entries.get(name);
    if (entry != null && entry.made != null && !isValid.test(entry.made)) {
      entries.remove(name);
      entry = null;
    }
    if (entry == null) {
      if (entries.size() >= MOST) {
        entries.pollFirstEntry();
      }
      entries.put(name, new Entry(body, nowMs));
      return null;
    }
    if (!entry.body.equals(body)) {
      throw Problem.reused("This Idempotency-Key was used for another claim: take a new one.");
    }
    if (entry.made == null) {
      throw Problem.conflict("A call with this Idempotency-Key is being answered: ask again.");
    }
    return entry.made;
  }

  private void dropOld(long nowMs) {
    var eldest = entries.firstEntry();
    while (eldest != null && Math.abs(nowMs - eldest.getValue().askedMs) >= KEPT.toMillis()) {
      entries.pollFirstEntry();
      eldest = entries.firstEntry();
    }
  }

  private synchronized void settle(Name name, @Nullable Made made) {
    Entry entry = entries.get(name);
    if (made == null) {
      entries.remove(name);
    } else if (entry != null) {
      entry.made = made;
    }
  }
}
