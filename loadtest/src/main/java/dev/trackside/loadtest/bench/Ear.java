package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection that counts what it hears. It belongs to the thread of its {@link Ears};
 * only {@link #send} and {@link #isOpen} may be called by others.
 */
abstract class Ear {
  private static final byte[] NOTHING = {};

  @Nullable SocketChannel channel;
  @Nullable SelectionKey key;

  /** While nothing is read and no ping answered, as if the phone were in a tunnel. */
  boolean deaf;

  /** What has been read of a frame that is not whole yet. */
  private byte[] rest = NOTHING;

  private volatile boolean open;
  private @Nullable ByteBuffer unsent;

  /** The first message. */
  abstract String registration();

  /** One whole message; the bytes are valid during the call only. */
  abstract void heard(byte[] bytes, int from, int to);

  /** It has registered. */
  void opened() {}

  /** It has ended, or never began. */
  void ended() {}

  boolean compressed() {
    return false;
  }

  /** The receive buffer to ask for; 0 is what the system gives. */
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
    deaf = false;
    synchronized (this) {
      unsent = null;
    }
  }

  final void isNowOpen() {
    open = true;
    opened();
  }

  final void isNowClosed() {
    open = false;
    rest = NOTHING;
    ended();
  }

  /** Puts the rest of the last reading at the beginning, and returns its length. */
  final int restore(byte[] bytes) {
    System.arraycopy(rest, 0, bytes, 0, rest.length);
    return rest.length;
  }

  final void keep(byte[] bytes, int from, int to) {
    if (from == to) {
      rest = NOTHING;
    } else {
      rest = java.util.Arrays.copyOfRange(bytes, from, to);
    }
  }

  /**
   * Sends a frame, unless the one before is still under way.
   *
   * @return whether it was taken
   */
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
