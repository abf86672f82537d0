package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection. It belongs to the thread of its {@link ClientLoop}; only {@link #send}
 * and {@link #isOpen} may be called by others.
 */
abstract class Client {
  private static final byte[] NOTHING = {};

  @Nullable SocketChannel channel;
  @Nullable SelectionKey key;

  /** Whether it does not read, and answers no ping, like a phone in a tunnel. */
  boolean stalled;

  /** The bytes of a frame that is not complete yet. */
  private byte[] rest = NOTHING;

  private volatile boolean open;
  private @Nullable ByteBuffer unsent;

  /** The first message. */
  abstract String registration();

  /** Gets a whole message. The bytes are valid during the call only. */
  abstract void message(byte[] bytes, int from, int to);

  /** Called when it has registered. */
  void opened() {}

  /** Called when it has ended, or could not begin. */
  void ended() {}

  boolean compressed() {
    return false;
  }

  /** The size of the receive buffer; 0 for the system's default. */
  int receiveBytes() {
    return 0;
  }

  final boolean isOpen() {
    return open;
  }

  final void begin(SocketChannel newChannel, SelectionKey newKey) {
    channel = newChannel;
    key = newKey;
    rest = NOTHING;
    stalled = false;
    synchronized (this) {
      unsent = null;
    }
  }

  final void markOpen() {
    open = true;
    opened();
  }

  final void markClosed() {
    open = false;
    rest = NOTHING;
    ended();
  }

  /** Copies the rest of the last read to the beginning, and returns its length. */
  final int restore(byte[] bytes) {
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    return rest.length;
  }

  final void keep(byte[] bytes, int from, int to) {
    if (from == to) {
      rest = NOTHING;
    } else {
      rest = Arrays.copyOfRange(bytes, from, to);
    }
  }

  /** Sends a frame, unless the previous one is still being sent; returns whether it does. */
  final synchronized boolean send(ByteBuffer frame) {
    SocketChannel to = channel;
    SelectionKey waker = key;
    if (unsent != null || to == null || waker == null) {
      return false;
    }
    try {
      to.write(frame);
      if (frame.hasRemaining()) {
        unsent = frame;
        waker.interestOpsOr(SelectionKey.OP_WRITE);
        waker.selector().wakeup();
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  final synchronized void sendRest(SelectionKey writable) throws IOException {
    if (unsent != null && channel != null) {
      channel.write(unsent);
      if (unsent.hasRemaining()) {
        return;
      }
      unsent = null;
    }
    writable.interestOpsAnd(~SelectionKey.OP_WRITE);
  }
}
