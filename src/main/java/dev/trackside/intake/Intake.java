package dev.trackside.intake;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.run.RunGate;
import dev.trackside.run.RunGate.Ruling;
import dev.trackside.run.Runs;
import dev.trackside.track.Capacity;
import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The only way for fixes into the log, whether from WebSockets, HTTP, phone apps or the rehearsal.
 * Checks the right and whether the run is open, hands the fixes to the log, and counts what became
 * of them. Safe for use by many threads.
 */
public final class Intake implements Capacity {
  /** Is told of a claimed runner's fix whose clock is wrong, and what is wrong with it. */
  public interface ClockWatcher {
    void wrong(Runner runner, Source source, Fix fix, String flaw);
  }

  private static final Duration DURABLE_WITHIN = Duration.ofSeconds(30);

  private final TrackLog log;
  private final Access access;
  private final Runs runs;
  private final RunGate gate;
  private final InstantSource clock;
  private volatile ClockWatcher clockWatcher = (_, _, _, _) -> {};
  private final Downstream downstream;

  /** How often each runner is being erased at present. */
  private final Map<Runner, Integer> leaving = new ConcurrentHashMap<>();

  private final InFlight inFlight = new InFlight();
  private final Map<Source, Counters> counters = new EnumMap<>(Source.class);

  public Intake(TrackLog log, Access access, Runs runs, InstantSource clock, Capacity behind) {
    this.log = log;
    this.access = access;
    this.runs = runs;
    this.clock = clock;
    gate = new RunGate(runs, clock);
    this.downstream = new Downstream(log, behind);
    for (Source source : Source.values()) {
      counters.put(source, new Counters());
    }
  }

  /** Sets who is told of wrong clocks: of each batch the first fix that has one. */
  public void watchClocks(ClockWatcher watcher) {
    clockWatcher = watcher;
  }

  /** Whether a key may offer fixes of a runner now; {@link #offer} checks it again. */
  public Right mayOffer(Runner runner, @Nullable Key key) {
    return access.toPublish(runner, key);
  }

  /** Whether the runner is unclaimed and has no positions yet. */
  public boolean isNew(Runner runner) {
    return log.isNew(runner);
  }

  /**
   * Offers fixes of one runner to the log, in the order given. Never blocks.
   *
   * @param key the key shown, if any
   * @param address what the sender is counted as, in sharing out unclaimed ids; null without limits
   * @param waits whether a client waits for the result; if not, it may come a little later
   * @return a verdict for each fix, completed when the accepted ones are durable; failed when the
   *     log could not store them, and then nothing is promised of any of them
   */
  public CompletionStage<List<Verdict>> offer(
      Runner runner,
      @Nullable Key key,
      List<Fix> fixes,
      Source source,
      @Nullable Object address,
      boolean waits)
      throws NotAllowed {
    Counters counter = counterOf(source);
    counter.received(fixes.size());
    Right right = access.toPublish(runner, key);
    if (!right.isGranted()) {
      counter.refused(fixes.size());
      throw new NotAllowed(right);
    }
    return offered(runner, fixes, source, address, waits)
        .whenComplete(
            (verdicts, failure) -> {
              if (failure == null) {
                counter.settled(verdicts);
              } else {
                counter.noRoom(fixes.size());
              }
            });
  }

  /** {@link #offer} by a sender without limits. */
  public CompletionStage<List<Verdict>> offer(
      Runner runner, @Nullable Key key, List<Fix> fixes, Source source, boolean waits)
      throws NotAllowed {
    return offer(runner, key, fixes, source, null, waits);
  }

  private CompletionStage<List<Verdict>> offered(
      Runner runner, List<Fix> fixes, Source source, @Nullable Object address, boolean waits) {
    if (access.claims().of(runner).isEmpty()) {
      return log.append(runner, fixes, waits, address);
    }
    lookAtClock(runner, fixes, source);
    inFlight.begin(runner);
    CompletionStage<List<Verdict>> verdicts;
    try {
      verdicts = ruled(runner, fixes, waits);
    } catch (RuntimeException e) {
      inFlight.end(runner);
      throw e;
    }
    return verdicts.whenComplete((_, _) -> inFlight.end(runner));
  }

  private void lookAtClock(Runner runner, List<Fix> fixes, Source source) {
    long nowMs = clock.millis();
    for (Fix fix : fixes) {
      String flaw = PhoneClock.flaw(fix.tMs(), nowMs);
      if (flaw != null) {
        clockWatcher.wrong(runner, source, fix, flaw);
        return;
      }
    }
  }

  private CompletionStage<List<Verdict>> ruled(Runner runner, List<Fix> fixes, boolean waits) {
    Claim claim = access.claims().of(runner).orElse(null);
    Ruling ruling =
        claim == null || leaving.containsKey(runner) // erased since the right was checked
            ? gate.nothingOf(fixes)
            : gate.judge(claim, fixes);
    List<Fix> good = ruling.takesAll() ? fixes : taken(fixes, ruling.refusals());
    CompletionStage<List<Verdict>> verdicts =
        good.isEmpty() ? completedFuture(List.of()) : log.append(runner, good, waits);
    ruling.note().run();
    if (claim != null && !claim.used() && !good.isEmpty()) {
      verdicts = verdicts.whenComplete((stored, _) -> noteUse(runner, stored));
    }
    CompletionStage<List<Verdict>> all = verdicts;
    return good.size() == fixes.size()
        ? all
        : all.thenApply(those -> merged(ruling.refusals(), those));
  }

  private void noteUse(Runner runner, @Nullable List<Verdict> stored) {
    if (stored != null
        && stored.stream()
            .anyMatch(one -> one instanceof Verdict.Accepted || one instanceof Verdict.Late)) {
      runs.usedSoon(runner);
    }
  }

  private static List<Fix> taken(List<Fix> fixes, List<Optional<Verdict>> refusals) {
    var taken = new ArrayList<Fix>();
    for (int i = 0; i < fixes.size(); i++) {
      if (refusals.get(i).isEmpty()) {
        taken.add(fixes.get(i));
      }
    }
    return taken;
  }

  /** Fills the log's verdicts into the gaps between the refusals. */
  private static List<Verdict> merged(List<Optional<Verdict>> refusals, List<Verdict> verdicts) {
    Iterator<Verdict> others = verdicts.iterator();
    return refusals.stream().map(refusal -> refusal.orElseGet(others::next)).toList();
  }

  /** Counts pieces that were never offered, such as broken fixes, as received and refused. */
  public void turnedAway(Source source, int pieces) {
    counterOf(source).received(pieces);
    counterOf(source).refused(pieces);
  }

  /**
   * Offers fixes, and waits until the accepted ones are durable.
   *
   * @throws Unavailable when they could not be stored, or not within half a minute
   */
  public List<Verdict> take(
      Runner runner, @Nullable Key key, List<Fix> fixes, Source source, @Nullable Object address)
      throws NotAllowed, InterruptedException {
    if (fixes.isEmpty()) {
      return List.of();
    }
    try {
      return offer(runner, key, fixes, source, address, true)
          .toCompletableFuture()
          .get(DURABLE_WITHIN.toSeconds(), SECONDS);
    } catch (TimeoutException e) {
      throw new Unavailable(
          "The positions were not stored within %d s. Send them again."
              .formatted(DURABLE_WITHIN.toSeconds()));
    } catch (ExecutionException e) {
      throw new Unavailable(
          log.trouble().orElse("The positions could not be stored. Send them again."));
    }
  }

  @Override
  public boolean isFull() {
    return downstream.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    downstream.whenRoom(action);
  }

  /** Waits for room; throws {@link Unavailable} if that takes long or nothing becomes durable. */
  public void awaitRoom() throws InterruptedException {
    downstream.awaitRoom();
  }

  /**
   * Erases a runner with every position and the claim; returns when that is durable. Fixes in
   * flight are stored first, or they would come back, and none begin meanwhile. If it fails, the
   * runner goes on with the claim, and it can be tried again.
   *
   * @throws Unavailable when fixes are in flight for long
   * @throws java.io.UncheckedIOException when it does not become durable
   */
  public void erase(Runner runner) {
    leaving.merge(runner, 1, Integer::sum);
    try {
      if (!inFlight.awaitNone(runner, DURABLE_WITHIN)) {
        throw new Unavailable(
            log.trouble()
                .orElse("Positions of %s are still being stored. Try again.".formatted(runner)));
      }
      gate.forget(runner);
      log.forget(runner);
      access.remove(runner);
    } finally {
      leaving.computeIfPresent(runner, (_, times) -> times == 1 ? null : times - 1);
    }
  }

  private Counters counterOf(Source source) {
    return requireNonNull(counters.get(source), "every source has its counters");
  }

  /** How many fixes came from each source, and their fates: {@code websocket.late} and so on. */
  public Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    counters.forEach((source, counter) -> counter.addTo(counts, source.wire() + "."));
    return counts;
  }
}
