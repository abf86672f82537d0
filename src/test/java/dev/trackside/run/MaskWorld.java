package dev.trackside.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Privacy;
import dev.trackside.access.Visibility;
import dev.trackside.history.DataDirectory;
import dev.trackside.history.KeepSettings;
import dev.trackside.hub.Delivery;
import dev.trackside.hub.Encoder;
import dev.trackside.hub.Hub;
import dev.trackside.hub.Notice;
import dev.trackside.hub.Start;
import dev.trackside.hub.SubscribeOptions;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sight;
import dev.trackside.sight.Sights;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import dev.trackside.track.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A server's rooms on a data directory, with one runner and some who follow. */
final class MaskWorld implements AutoCloseable {
  static final Runner ANNA = new Runner("berlin/7");
  private static final Feed ONE = new Feed.One(ANNA);
  private static final Feed.Race RACE = new Feed.Race("berlin");
  private static final Key KEY = Key.of("annas");
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  private static final String DROP = "drop";

  /** Each position is its number, and whatever drops all of them a word. */
  private static final Encoder WORDS =
      new Encoder() {
        @Override
        public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
          int i = from;
          for (; i < deliveries.size() && target.remaining() > 20; i++) {
            target.put((" " + deliveries.get(i).position().seq()).getBytes(US_ASCII));
          }
          return i;
        }

        @Override
        public byte[] encode(Notice notice) {
          return (" " + DROP).getBytes(US_ASCII);
        }
      };

  /** What somebody has who follows. */
  private static final class Has {
    private final Set<Long> seqs = new TreeSet<>();

    synchronized boolean write(ByteBuffer bytes) {
      byte[] text = new byte[bytes.remaining()];
      bytes.get(text);
      for (String word : new String(text, US_ASCII).strip().split(" ", -1)) {
        if (word.equals(DROP)) {
          seqs.clear();
        } else {
          seqs.add(Long.valueOf(word));
        }
      }
      return true;
    }

    synchronized Set<Long> seqs() {
      return new TreeSet<>(seqs);
    }
  }

  private final StoppedClock clock;
  private final DataDirectory data;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Chores chores = new Chores(Duration.ofMillis(20));
  private final HeavyWork heavy;
  private final Access access;
  private final Runs runs;
  private final Views views;
  private final Hub hub;
  private final Sights sights;
  private final RunnerLists lists;
  private final Has all;
  private final Has late;
  private final Has race;

  MaskWorld(Path directory, StoppedClock clock) throws IOException {
    this.clock = clock;
    heavy = new HeavyWork(clock);
    var keep = new KeepSettings(false, Duration.ofMillis(1), Duration.ZERO, Duration.ZERO);
    data =
        DataDirectory.open(
            new DataDirectory.Settings(
                directory, keep, "the key of the admin", 10, 10, Duration.ZERO, false),
            clock);
    access = new Access(data.registry(), true, 10, Key.of("admin").hash(), clock, timer);
    var masks = new Masks(data.log(), access.claims(), access::maskSecret, clock, chores, heavy);
    runs = new Runs(access.claims(), masks, clock, chores);
    views = new Views(data.log(), access, masks);
    hub = new Hub(1, timer, clock, Duration.ofSeconds(60), runs, new MemoryBudget(1L << 30));
    sights = new Sights(hub, access, views, masks, clock, heavy);
    lists = new RunnerLists(hub, access, views, clock, heavy);
    data.log().tellFirst(masks);
    access.claims().watch(data);
    access.claims().watch(masks);
    access.start();
    access.claims().claim(Claim.of(ANNA, "Anna", KEY.hash(), Visibility.PUBLIC, clock.millis()));
    all = follow(ONE, new Start.After(0, 1));
    late = follow(ONE, new Start.Recent(1));
    race = follow(RACE, new Start.Recent(1));
  }

  private Has follow(Feed feed, Start start) {
    var has = new Has();
    var options = new SubscribeOptions(WORDS, Duration.ZERO, false, views.forAll());
    hub.enter(has::write, () -> {}).follow(feed, options, start);
    return has;
  }

  void append(List<Fix> fixes) {
    data.log().append(ANNA, fixes).toCompletableFuture().join();
  }

  void mask(int maskM) {
    access
        .claims()
        .change(ANNA, claim -> claim.shown("Anna", Visibility.PUBLIC, new Privacy(maskM)));
  }

  void finish() {
    runs.finish(ANNA);
  }

  void begin() {
    runs.begin(ANNA);
  }

  private static List<Position> track(TrackReader view) {
    return view.between(ANNA, 0, 0, Long.MAX_VALUE, TrackReader.MOST);
  }

  /** What everybody sees, by brute force. */
  Set<Long> shown() {
    Claim claim = access.claims().of(ANNA).orElseThrow();
    return MaskAnswer.shown(
        track(views.of(ONE, KEY)),
        claim.run(),
        claim.privacy().maskM(),
        access.maskSecret(),
        clock.millis());
  }

  /** Throws if anything that can be read is not as it has to be. */
  void checkWhatIsRead(Set<Long> shown, int stored) {
    expect(track(views.of(ONE, KEY)).size() == stored, "the owner sees all");
    for (View view : List.of(views.forAll(), views.of(ONE, null))) {
      expect(seqs(track(view)).equals(shown), "track: " + seqs(track(view)) + ", not " + shown);
      expect(seqs(view.latest(ONE, TrackReader.MOST)).equals(shown), "latest");
      expect(
          view.startOfLatest(ANNA, 3, Long.MAX_VALUE)
              .equals(view.latest(ONE, 3).stream().findFirst()),
          "start of latest");
      expect(
          view.after(ONE, 0, TrackReader.MOST) instanceof Page.Next(List<Position> page)
              && seqs(page).equals(shown),
          "live replay");
      expect(seqs(view.newest(List.of(ANNA))).equals(newestOf(shown)), "newest");
      expect(newestOf(shown).containsAll(seqs(view.latest(RACE, 1))), "race");
    }
    expect(newestOf(shown).containsAll(listed()), "lists: " + listed());
    Sight sight = sights.see(ANNA, null).orElseThrow();
    var trail = new TreeSet<>(seqs(sight.trail().newest()));
    Arrays.stream(sight.trail().past().seq()).forEach(trail::add);
    expect(shown.containsAll(trail), "trail: " + trail + ", not " + shown);
    expect(trail.isEmpty() == shown.isEmpty(), "trail: " + trail + " of " + shown);
  }

  /** Throws if those who follow have not got what is shown, and nothing else, before long. */
  void checkWhoFollows(Set<Long> shown) {
    becomes("all", () -> all.seqs().equals(shown), shown, all);
    becomes(
        "who came last",
        () -> late.seqs().containsAll(newestOf(shown)) && shown.containsAll(late.seqs()),
        shown,
        late);
    becomes("the race", () -> shown.containsAll(race.seqs()), shown, race);
  }

  private static void becomes(String who, Callable<Boolean> right, Set<Long> shown, Has has) {
    try {
      await().pollInterval(Duration.ofMillis(2)).until(right);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(who + " has " + has.seqs() + ", not " + shown, e);
    }
  }

  private static Set<Long> newestOf(Set<Long> shown) {
    return shown.isEmpty() ? Set.of() : Set.of(new TreeSet<>(shown).getLast());
  }

  private static Set<Long> seqs(List<Position> positions) {
    var seqs = new TreeSet<Long>();
    positions.forEach(position -> seqs.add(position.seq()));
    return seqs;
  }

  private List<Long> listed() {
    var seqs = new ArrayList<Long>();
    for (String json : List.of(lists.nowLive(), lists.inRace(RACE, null))) {
      SEQ.matcher(json).results().forEach(found -> seqs.add(Long.valueOf(found.group(1))));
    }
    return seqs;
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Ends at once, whatever is still to be done. */
  @Override
  public void close() {
    chores.close();
    hub.close();
    heavy.close();
    timer.shutdownNow();
    data.close();
  }
}
