package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Connection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A runner over a WebSocket, who sends again after reconnecting what is not acknowledged. */
final class SocketRunner extends Runner implements PersistentConnection.Owner {
  /** The server stops reading while 256 positions are unsettled. */
  private static final int MOST_ON_THE_WAY = 200;

  private static final int WAIT_MS = 1_000;

  private final PersistentConnection.Context context;
  private final PersistentConnection connection;
  private final String registration;
  private int released;
  private int next;
  private int onTheWay;
  private int again = Integer.MAX_VALUE;
  private boolean away;
  private @Nullable Connection registered;

  SocketRunner(
      Plan plan,
      Schedule schedule,
      int index,
      PersistentConnection.Context context,
      URI target,
      String key) {
    super(plan, schedule, index, context.tally());
    this.context = context;
    connection = new PersistentConnection(context, target, this);
    registration =
        "{\"id\":\""
            + id()
            + "\",\"echo\":false,\"events\":true"
            + (key.isEmpty() ? "}" : ",\"key\":\"" + key + "\"}");
  }

  @Override
  void join() {
    connection.connect();
  }

  @Override
  void leave() {
    connection.leave(true);
  }

  /** In every other tunnel the connection breaks; in the others the runner is silent. */
  @Override
  synchronized void reach(int number) {
    if (tunnel().holds(number)) {
      if (tunnel().begins(number) && number / tunnel().cycle() % 2 == 0) {
        away = true;
        connection.leave(false);
      }
      return;
    }
    if (away) {
      away = false;
      connection.connect();
    }
    released = number + 1;
    flush();
  }

  @Override
  public synchronized void connected(Connection opened) {
    if (!opened.equals(connection.current())) {
      return;
    }
    opened.send(registration);
    registered = opened;
    next = firstUnsettled();
    onTheWay = 0;
    flush();
  }

  private void flush() {
    Connection current = connection.current();
    if (current == null || !current.equals(registered)) {
      return;
    }
    for (; next < released && onTheWay < MOST_ON_THE_WAY; next++) {
      if (!isSettled(next)) {
        leaving(next);
        onTheWay++;
        current.send(message(next));
      }
    }
  }

  private String message(int number) {
    String marks = plan().marked() ? ",\"n\":" + number + ",\"due\":" + dueMicros(number) : "";
    return fix(number).json() + marks + ",\"ref\":" + number + '}';
  }

  @Override
  public void text(ByteBuffer utf8) {
    var messages = new JsonMessages(utf8);
    while (messages.next()) {
      switch (messages.type()) {
        case ACK -> settle(messages);
        case ERROR -> fault(messages);
        case POSITION, RESET, OTHER -> {}
      }
    }
  }

  @Override
  public void binary(ByteBuffer bytes) {}

  private synchronized void settle(ServerMessages ack) {
    int number = (int) ack.ref();
    onTheWay = Math.max(0, onTheWay - 1);
    if (ack.verdict() == 'r') {
      refused(number, ack.words());
    } else {
      stored(number);
    }
    flush();
  }

  /** Handles an error. {@code too_fast} is the only one about a valid position, which is resent. */
  private synchronized void fault(ServerMessages error) {
    tally().notes.add("the server told a runner: " + error.words());
    if (error.ref() != ServerMessages.NONE) {
      onTheWay = Math.max(0, onTheWay - 1);
      if (again == Integer.MAX_VALUE) {
        var _ = context.timer().schedule(this::resend, WAIT_MS, TimeUnit.MILLISECONDS);
      }
      again = Math.min(again, (int) error.ref());
    }
  }

  private synchronized void resend() {
    next = Math.min(next, again);
    again = Integer.MAX_VALUE;
    flush();
  }
}
