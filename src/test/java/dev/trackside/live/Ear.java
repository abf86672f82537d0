package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.connection.Sink;
import dev.trackside.fuzz.Expect;
import dev.trackside.support.CompactReader;
import dev.trackside.websocket.Socket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection in memory that receives what is sent to the client, at once or, like a full socket,
 * when asked to. Safe for use by many threads.
 */
final class Ear implements Socket {
  private static final int TEXT = 0x81;
  private static final int POSITIONS = 0x82;

  private final boolean full;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final AtomicBoolean owed = new AtomicBoolean();
  private volatile boolean suspended;
  private volatile int code;

  /**
   * @param full whether every write waits for {@link #isOwed}
   */
  Ear(boolean full) {
    this.full = full;
  }

  @Override
  public Sink sink() {
    return this::take;
  }

  private synchronized boolean take(ByteBuffer bytes) {
    Expect.that(!owed.get(), "one write at a time", bytes);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    heard.writeBytes(copy);
    owed.set(full);
    return !full;
  }

  @Override
  public boolean inflates() {
    return false;
  }

  /** Lets a waiting write leave; returns whether there was one. */
  boolean isOwed() {
    return owed.getAndSet(false);
  }

  @Override
  public void close(int code, String reason) {
    Expect.words(reason);
    Expect.that(reason.length() < 120, "a reason fits into its frame", reason);
    this.code = this.code == 0 ? code : this.code;
  }

  @Override
  public void cut(int code, String reason) {
    close(code, reason);
  }

  /** The closing code, or 0 while the connection is open. */
  int code() {
    return code;
  }

  @Override
  public void suspendReading() {
    suspended = true;
  }

  @Override
  public void resumeReading() {
    suspended = false;
  }

  boolean isSuspended() {
    return suspended;
  }

  /** The messages received, with the positions of binary frames as JSON. */
  synchronized List<byte[]> messages() {
    var messages = new ArrayList<byte[]>();
    var frames = ByteBuffer.wrap(heard.toByteArray());
    while (frames.hasRemaining()) {
      int first = frames.get() & 0xFF;
      Expect.that(first == TEXT || first == POSITIONS, "every frame is a whole one", first);
      int length = frames.get();
      length =
          switch (length) {
            case 126 -> frames.getShort() & 0xFFFF;
            case 127 -> (int) frames.getLong();
            default -> length;
          };
      Expect.that(length >= 0 && length <= frames.remaining(), "frames are whole", length);
      byte[] message = new byte[length];
      frames.get(message);
      if (first == TEXT) {
        messages.add(message);
      } else {
        CompactReader.read(ByteBuffer.wrap(message))
            .forEach(position -> messages.add(position.toString().getBytes(UTF_8)));
      }
    }
    return messages;
  }
}
