package dev.trackside.proof;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Phones and spectators of one server, whatever becomes of it; and what they say in the end. */
final class Everybody implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONG_AGO = Duration.ofDays(2);
  private static final int BEAT_MS = 10;

  private final Machine machine;
  private final Book book = new Book();
  private final Random random;
  private final long startMs;
  private final List<Walk> walks = new ArrayList<>();
  private final List<ReportingPhone> publishers = new ArrayList<>();
  private final List<Bulk> bulks = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();

  Everybody(Machine machine, Random random) {
    this.machine = machine;
    this.random = random;
    this.startMs = System.currentTimeMillis() - LONG_AGO.toMillis();
    for (String runner : List.of("anna", "cleo", "berlin/1", "berlin/3", "berlin/4")) {
      publishers.add(new Sender(machine, book, walk(runner, 1)));
    }
    for (String runner : List.of("bert", "cleo", "berlin/2", "berlin/3")) {
      bulks.add(new Bulk(machine, book, walk(runner, 2), new Random(random.nextLong())));
    }
    publishers.addAll(bulks);
    watch("anna", ",\"pace\":0");
    watch("bert", ",\"batch\":true");
    watch("cleo", "");
    watch("berlin/3", ",\"pace\":20");
    watch("berlin/*", ",\"pace\":0");
    watch("berlin/*", ",\"pace\":0,\"batch\":true");
    watch("berlin/*", "");
  }

  private Walk walk(String runner, int phone) {
    var walk = new Walk(runner, phone, startMs, new Random(random.nextLong()));
    walks.add(walk);
    return walk;
  }

  private void watch(String feed, String options) {
    watchers.add(new Watcher(machine, book, feed, options));
  }

  Book book() {
    return book;
  }

  List<Watcher> watchers() {
    return watchers;
  }

  List<Bulk> bulks() {
    return bulks;
  }

  /** Lets everybody begin: each phone reports so many positions in 10 ms. */
  void begin(int eachBeat) {
    watchers.forEach(this::go);
    publishers.forEach(this::go);
    var _ =
        beat.scheduleAtFixedRate(
            () -> publishers.forEach(publisher -> publisher.mayReport(eachBeat)),
            0,
            BEAT_MS,
            MILLISECONDS);
  }

  private void go(Runnable one) {
    threads.add(Thread.ofVirtual().name(one.toString()).start(one));
  }

  /** Waits until everything said is settled, and compares what everybody has. */
  Stored settle() throws IOException, InterruptedException {
    beat.shutdownNow();
    publishers.forEach(ReportingPhone::end);
    for (ReportingPhone publisher : publishers) {
      await()
          .alias(publisher.toString())
          .atMost(PATIENCE)
          .until(() -> publisher.pending().isEmpty());
    }
    var onePhoneEach = walks.stream().filter(walk -> isFirst(walk)).toList();
    Stored stored = Stored.overWebSocket(machine.port(), onePhoneEach, book);
    for (Watcher watcher : watchers) {
      watcher.fillHoles();
    }
    var words = new ArrayList<String>();
    for (Watcher watcher : watchers) {
      await().alias(watcher.toString()).atMost(PATIENCE).until(() -> watcher.isThere(stored));
      words.addAll(watcher.differences(stored));
    }
    book.check(stored);
    words.addAll(book.faults());
    words.addAll(stored.faults());
    var runners = onePhoneEach.stream().map(Walk::runner).toList();
    Stored overHttp = Stored.overHttp(machine.port(), runners);
    words.addAll(overHttp.faults());
    if (!overHttp.all().equals(stored.all())) {
      words.add("/track has " + overHttp.all().size() + ", /ws " + stored.all().size());
    }
    assertThat(words).isEmpty();
    assertThat(book.acknowledgements()).isPositive();
    return stored;
  }

  private boolean isFirst(Walk walk) {
    return walks.stream().filter(it -> it.runner().equals(walk.runner())).findFirst().get() == walk;
  }

  @Override
  public void close() throws IOException {
    beat.shutdownNow();
    for (Watcher watcher : watchers) {
      watcher.end();
    }
    threads.forEach(Thread::interrupt);
  }
}
