package dev.trackside.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackside.caller.Caller;
import dev.trackside.connection.Sink;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.House;
import dev.trackside.websocket.Socket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a phone's message costs, with a log in memory that nobody follows. */
@State(Scope.Thread)
public class SessionBenchmark {
  private static final String MESSAGE =
      "{\"t\":1795327520265,\"lat\":52.5200066,\"lon\":13.4049540,\"alt\":34.5,\"acc\":4.5,"
          + "\"speed\":3.12,\"heading\":271.5}";

  /** A client that is told nothing and never sent away. */
  private static final class Mute implements Socket {
    @Override
    public Sink sink() {
      return _ -> true;
    }

    @Override
    public boolean inflates() {
      return false;
    }

    @Override
    public void close(int code, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void cut(int code, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void suspendReading() {}

    @Override
    public void resumeReading() {}
  }

  private final byte[] message = MESSAGE.getBytes(US_ASCII);
  private final int lastDigit = MESSAGE.indexOf(',') - 1;
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(),
          new AtomicLong(1)::getAndIncrement,
          new Newest.Bounds(1_000, 1_000));
  private final House house = new House(log);
  private final Session session;

  public SessionBenchmark() {
    var live =
        new Live(
            house.intake,
            house.hub,
            house.views,
            house.access,
            timer,
            new Live.SessionSettings(Duration.ofHours(1), "micro", Rates.USUAL));
    Caller caller = house.rates.of(InetAddress.getLoopbackAddress(), false);
    session = new Session(live, new Mute(), caller);
    say("{\"id\":\"berlin/1042\"}");
    say("{\"unfollow\":[\"berlin/1042\"]}");
  }

  private void say(String words) {
    session.text(words.getBytes(US_ASCII), words.length());
    session.endOfRead();
  }

  @TearDown
  public void end() {
    house.close();
    timer.shutdownNow();
  }

  @Benchmark
  public Object readTheMessage() throws Refusal {
    return MessageReader.read(message, message.length);
  }

  /** Read, judged, numbered; a moment later than the one before. */
  @Benchmark
  public void takeThePosition() {
    for (int i = lastDigit; ++message[i] > '9'; i--) {
      message[i] = '0';
    }
    session.text(message, message.length);
    session.endOfRead();
  }
}
