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

/** Runs many clients on one thread with one buffer. {@link #execute} runs a task on that thread. */
final class ClientLoop implements AutoCloseable {
  /** The largest message that a client can get. */
  private static final int BUFFER_BYTES = 256 * 1024;

  private static final int MOST_OPENING = 128;
  private static final int WAIT_MS = 2;

  private final InetSocketAddress address;
  private final Selector selector = Selector.open();
  private final byte[] bytes = new byte[BUFFER_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final FrameParser parser = new FrameParser();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Queue<Client> toOpen = new ArrayDeque<>();
  private final Thread thread;
  private volatile Runnable turn = () -> {};
  private volatile boolean closed;
  private final AtomicInteger openNow = new AtomicInteger();
  private final AtomicLong bytesRead = new AtomicLong();
  private int opening;
  private volatile @Nullable RuntimeException failure;

  ClientLoop(InetSocketAddress address) throws IOException {
    this.address = address;
    this.thread = Thread.ofPlatform().daemon().name("clients").start(this::run);
  }

  /** How many clients are open. Thread-safe. */
  int openNow() {
    return openNow.get();
  }

  long bytesRead() {
    return bytesRead.get();
  }

  /** Sets what runs after every read, and every 2 ms. */
  void eachTurn(Runnable work) {
    turn = work;
    selector.wakeup();
  }

  void execute(Runnable task) {
    RuntimeException broken = failure;
    if (broken != null) {
      throw new IllegalStateException("the clients' thread has ended", broken);
    }
    tasks.add(task);
    selector.wakeup();
  }

  void open(Client client) {
    execute(() -> toOpen.add(client));
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

  private void connect(Client client) {
    try {
      var channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (client.receiveBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, client.receiveBytes());
      }
      client.begin(channel, channel.register(selector, SelectionKey.OP_CONNECT, client));
      opening++;
      if (channel.connect(address)) {
        sendHandshake(client, channel.keyFor(selector));
      }
    } catch (IOException e) {
      if (client.channel == null) {
        client.markClosed();
      } else {
        end(client);
      }
    }
  }

  private void sendHandshake(Client client, SelectionKey key) {
    key.interestOps(SelectionKey.OP_READ);
    client.send(Frames.handshake(address, client.compressed()));
  }

  private void ready(SelectionKey key) {
    var client = (Client) key.attachment();
    try {
      if (key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
        sendHandshake(client, key);
        return;
      }
      if (key.isWritable()) {
        client.sendRest(key);
      }
      if (key.isReadable()) {
        read(client, (SocketChannel) key.channel());
      }
    } catch (IOException | java.nio.channels.CancelledKeyException e) {
      end(client);
    }
  }

  private void read(Client client, SocketChannel channel) throws IOException {
    int kept = client.restore(bytes);
    buffer.clear().position(kept);
    int read = channel.read(buffer);
    if (read < 0) {
      throw new ClosedChannelException();
    }
    bytesRead.addAndGet(read);
    int to = kept + read;
    int from = 0;
    if (!client.isOpen()) {
      from = FrameParser.endOfHead(bytes, to);
      if (from > 0) {
        opening--;
        openNow.incrementAndGet();
        client.send(Frames.text(client.registration()));
        client.markOpen();
      }
    }
    if (client.isOpen()) {
      from = parser.parse(client, bytes, from, to);
      if (from == 0 && to == BUFFER_BYTES) {
        throw new IOException("a message of more than " + BUFFER_BYTES + " bytes");
      }
    }
    client.keep(bytes, from, to);
  }

  /** Sends a Close frame and closes. For the loop's thread. */
  void leave(Client client) {
    client.send(Frames.close());
    end(client);
  }

  /** Closes without a Close frame, unless it has ended already. For the loop's thread. */
  void end(Client client) {
    SocketChannel channel = client.channel;
    if (channel == null) {
      return;
    }
    client.channel = null;
    if (client.isOpen()) {
      openNow.decrementAndGet();
    } else {
      opening--;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    client.markClosed();
  }

  /** Stops reading until {@link #resume}. For the loop's thread. */
  void stall(Client client) {
    client.stalled = true;
    if (client.key != null && client.key.isValid()) {
      client.key.interestOpsAnd(~SelectionKey.OP_READ);
    }
  }

  void resume(Client client) {
    client.stalled = false;
    if (client.key != null && client.key.isValid()) {
      client.key.interestOpsOr(SelectionKey.OP_READ);
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
