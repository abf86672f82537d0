package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Many connections on one thread and one buffer. What is done with them is done on that thread,
 * which {@link #execute} asks.
 */
final class Ears implements AutoCloseable {
  /** The largest message that can be heard. */
  private static final int BUFFER_BYTES = 256 * 1024;

  private static final int MOST_OPENING = 128;
  private static final int WAIT_MS = 2;

  private final InetSocketAddress address;
  private final Selector selector = Selector.open();
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final Parser parser = new Parser();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Queue<Ear> toOpen = new ArrayDeque<>();
  private final Thread thread;
  private volatile Runnable turn = () -> {};
  private volatile boolean closed;
  private final AtomicInteger openNow = new AtomicInteger();
  private final AtomicLong bytesRead = new AtomicLong();
  private int opening;
  private volatile @Nullable RuntimeException failure;

  Ears(InetSocketAddress address) throws IOException {
    this.address = address;
    this.thread = Thread.ofPlatform().daemon().name("ears").start(this::run);
  }

  /** How many are open. Any thread may ask. */
  int openNow() {
    return openNow.get();
  }

  long bytesRead() {
    return bytesRead.get();
  }

  /** What is done whenever something was heard, and every 2 ms. */
  void eachTurn(Runnable work) {
    turn = work;
    selector.wakeup();
  }

  void execute(Runnable task) {
    RuntimeException broken = failure;
    if (broken != null) {
      throw new IllegalStateException("the listening thread has ended", broken);
    }
    tasks.add(task);
    selector.wakeup();
  }

  void open(Ear ear) {
    execute(() -> toOpen.add(ear));
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::ready, WAIT_MS);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        turn.run();
        while (opening < MOST_OPENING && !toOpen.isEmpty()) {
          connect(toOpen.remove());
        }
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException | RuntimeException e) {
      failure = new IllegalStateException(e);
      Thread.currentThread().getThreadGroup().uncaughtException(Thread.currentThread(), e);
    }
  }

  private void connect(Ear ear) {
    try {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (ear.receiveBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, ear.receiveBytes());
      }
      ear.begin(channel, channel.register(selector, SelectionKey.OP_CONNECT, ear));
      opening++;
      if (channel.connect(address)) {
        shakeHands(ear, channel.keyFor(selector));
      }
    } catch (IOException e) {
      if (ear.channel == null) {
        ear.isNowClosed();
      } else {
        end(ear);
      }
    }
  }

  private void shakeHands(Ear ear, SelectionKey key) {
    key.interestOps(SelectionKey.OP_READ);
    ear.send(Frames.handshake(address, ear.compressed()));
  }

  private void ready(SelectionKey key) {
    var ear = (Ear) key.attachment();
    try {
      if (key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
        shakeHands(ear, key);
        return;
      }
      if (key.isWritable()) {
        ear.sendRest(key);
      }
      if (key.isReadable()) {
        read(ear, (SocketChannel) key.channel());
      }
    } catch (IOException | java.nio.channels.CancelledKeyException e) {
      end(ear);
    }
  }

  private void read(Ear ear, SocketChannel channel) throws IOException {
    int kept = ear.restore(bytes);
    buffer.clear().position(kept);
    int read = channel.read(buffer);
    if (read < 0) {
      throw new ClosedChannelException();
    }
    bytesRead.addAndGet(read);
    int to = kept + read;
    int from = 0;
    if (!ear.isOpen()) {
      from = Parser.endOfHead(bytes, to);
      if (from > 0) {
        opening--;
        openNow.incrementAndGet();
        ear.send(Frames.text(ear.registration()));
        ear.isNowOpen();
      }
    }
    if (ear.isOpen()) {
      from = parser.parse(ear, bytes, from, to);
      if (from == 0 && to == BUFFER_BYTES) {
        throw new IOException("a message of more than " + BUFFER_BYTES + " bytes");
      }
    }
    ear.keep(bytes, from, to);
  }

  /** Says goodbye and closes, on the listening thread. */
  void leave(Ear ear) {
    ear.send(Frames.close());
    end(ear);
  }

  /** Closes without a word, on the listening thread. Nothing happens to one that has ended. */
  void end(Ear ear) {
    SocketChannel channel = ear.channel;
    if (channel == null) {
      return;
    }
    ear.channel = null;
    if (ear.isOpen()) {
      openNow.decrementAndGet();
    } else {
      opening--;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    ear.isNowClosed();
  }

  /** Stops reading, until {@link #listen}. On the listening thread. */
  void beDeaf(Ear ear) {
    ear.deaf = true;
    if (ear.key != null && ear.key.isValid()) {
      ear.key.interestOpsAnd(~SelectionKey.OP_READ);
    }
  }

  void listen(Ear ear) {
    ear.deaf = false;
    if (ear.key != null && ear.key.isValid()) {
      ear.key.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
