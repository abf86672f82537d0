package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Line;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A runner over a WebSocket. What the server has not acknowledged he sends again when he is back.
 */
final class SocketRunner extends Runner implements Presence.Guest {
  /** The server reads no further while 256 are unsettled. */
  private static final int MOST_ON_THE_WAY = 200;

  private static final int WAIT_MS = 1_000;

  private final Presence.Ways ways;
  private final Presence presence;
  private final String registration;
  private int released;
  private int next;
  private int onTheWay;
  private int again = Integer.MAX_VALUE;
  private boolean away;
  private @Nullable Line registered;

  SocketRunner(
      Plan plan, Programme programme, int index, Presence.Ways ways, URI target, String key) {
    super(plan, programme, index, ways.tally());
    this.ways = ways;
    presence = new Presence(ways, target, this);
    registration =
        "{\"id\":\""
            + id()
            + "\",\"echo\":false,\"events\":true"
            + (key.isEmpty() ? "}" : ",\"key\":\"" + key + "\"}");
  }

  @Override
  void join() {
    presence.come();
  }

  @Override
  void leave() {
    presence.leave(true);
  }

  /** In every other tunnel the connection breaks, in the others nothing is heard of him. */
  @Override
  synchronized void reach(int number) {
    if (tunnel().holds(number)) {
      if (tunnel().begins(number) && number / tunnel().cycle() % 2 == 0) {
        away = true;
        presence.leave(false);
      }
      return;
    }
    if (away) {
      away = false;
      presence.come();
    }
    released = number + 1;
    flush();
  }

  @Override
  public synchronized void arrived(Line line) {
    if (!line.equals(presence.line())) {
      return;
    }
    line.send(registration);
    registered = line;
    next = firstUnsettled();
    onTheWay = 0;
    flush();
  }

  private void flush() {
    Line line = presence.line();
    if (line == null || !line.equals(registered)) {
      return;
    }
    for (; next < released && onTheWay < MOST_ON_THE_WAY; next++) {
      if (!isSettled(next)) {
        leaving(next);
        onTheWay++;
        line.send(message(next));
      }
    }
  }

  private String message(int number) {
    String marks = plan().marked() ? ",\"n\":" + number + ",\"due\":" + dueMicros(number) : "";
    return fix(number).json() + marks + ",\"ref\":" + number + '}';
  }

  @Override
  public void heard(ByteBuffer utf8) {
    var said = new JsonSightings(utf8);
    while (said.next()) {
      switch (said.type()) {
        case ACK -> settle(said);
        case ERROR -> fault(said);
        case POSITION, RESET, OTHER -> {}
      }
    }
  }

  @Override
  public void heardBinary(ByteBuffer bytes) {}

  private synchronized void settle(Sightings ack) {
    int number = (int) ack.ref();
    onTheWay = Math.max(0, onTheWay - 1);
    if (ack.verdict() == 'r') {
      refused(number, ack.words());
    } else {
      stored(number);
    }
    flush();
  }

  /** Too fast is the only error about a position that is right: it goes again later. */
  private synchronized void fault(Sightings error) {
    tally().notes.add("the server told a runner: " + error.words());
    if (error.ref() != Sightings.NONE) {
      onTheWay = Math.max(0, onTheWay - 1);
      if (again == Integer.MAX_VALUE) {
        var _ = ways.later().schedule(this::sayAgain, WAIT_MS, TimeUnit.MILLISECONDS);
      }
      again = Math.min(again, (int) error.ref());
    }
  }

  private synchronized void sayAgain() {
    next = Math.min(next, again);
    again = Integer.MAX_VALUE;
    flush();
  }
}
