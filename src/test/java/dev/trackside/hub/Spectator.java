package dev.trackside.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackside.connection.Sink;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of what the hub writes: takes lines, and makes every write wait while clogged. */
final class Spectator implements Sink {
  /** Encodes each position as a line of a kilobyte. */
  static final Encoder LINES =
      new Encoder() {
        @Override
        public int put(List<Delivery> deliveries, int from, ByteBuffer target) {
          int i = from;
          for (; i < deliveries.size() && target.remaining() >= 1_000; i++) {
            Delivery s = deliveries.get(i);
            String line = s.position().runner().id() + " " + s.position().seq();
            line += s.skipped() == 0 ? " " : " %d %d ".formatted(s.skipped(), s.since());
            target.put((line + "x".repeat(999 - line.length()) + "\n").getBytes(US_ASCII));
          }
          return i;
        }

        @Override
        public byte[] encode(Notice notice) {
          String line =
              switch (notice) {
                case Notice.Reset(Feed feed) -> "reset " + feed;
                case Notice.Erased(Runner runner) -> "erased " + runner.id();
                case Notice.RunnerStatus(Runner runner, var _) -> "status " + runner.id();
              };
          return (line + "\n").getBytes(US_ASCII);
        }
      };

  private static final int PATIENCE_SECONDS = 10;

  final Subscriber subscriber;
  private final Hub hub;
  private final View view;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile boolean clogged;
  private volatile boolean owed;

  Spectator(Hub hub, View view) {
    this.hub = hub;
    this.view = view;
    this.subscriber = hub.enter(this, () -> lines.add("unreadable"));
  }

  SubscribeOptions paced(Duration pace) {
    return new SubscribeOptions(LINES, pace, false, view);
  }

  void follow(String feed, Start start) {
    subscriber.follow(Feed.of(feed), paced(Duration.ZERO), start);
  }

  @Override
  public boolean write(ByteBuffer bytes) {
    boolean waits = clogged;
    owed = waits;
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    new String(text, US_ASCII).lines().forEach(line -> lines.add(line.replaceFirst(" x+$", "")));
    return !waits;
  }

  /** Makes every write wait from now on. */
  void clog() {
    clogged = true;
  }

  /** Lets the waiting write leave; the next one waits again. */
  void letOneLeave() throws InterruptedException {
    calm();
    if (owed) {
      owed = false;
      subscriber.written();
    }
    calm();
  }

  void unclog() throws InterruptedException {
    clogged = false;
    letOneLeave();
  }

  /** Returns when the hub has nothing left to do. */
  void calm() throws InterruptedException {
    var calm = new CountDownLatch(1);
    hub.whenRoom(() -> hub.whenRoom(calm::countDown)); // the first may run before the writes
    if (!calm.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the hub is busy for " + PATIENCE_SECONDS + " s");
    }
  }

  /** The next line: "runner seq", followed by "skipped since" when something was left out. */
  String next() throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
    }
    return line;
  }

  List<String> next(int count) throws InterruptedException {
    var list = new ArrayList<String>();
    while (list.size() < count) {
      list.add(next());
    }
    return list;
  }

  /** The lines that came and were not taken yet. */
  List<String> rest() throws InterruptedException {
    calm();
    var list = new ArrayList<String>();
    lines.drainTo(list);
    return list;
  }
}
