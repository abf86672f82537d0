package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands behind a connection: writes down what comes, and echoes it. */
final class Recorder implements Receiver {
  /** What a client says so that the server reads no more, or says goodbye and reads no more. */
  static final String SUSPEND = "suspend";

  static final String CLOSE_AND_SUSPEND = "close and suspend";

  static final Duration POLL = Duration.ofMillis(2);

  final Socket socket;
  final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  final AtomicInteger endings = new AtomicInteger();
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private boolean underWay;

  Recorder(Socket socket) {
    this.socket = socket;
  }

  String nextText() throws InterruptedException {
    return requireNonNull(texts.poll(10, SECONDS), "no message came");
  }

  void awaitEnd() {
    await().pollInterval(POLL).until(() -> endings.get() > 0);
  }

  void say(String text) {
    var frame = ByteBuffer.wrap(Frames.text(text.getBytes(UTF_8)));
    frame.position(frame.limit());
    if (socket.inflates()) {
      Deflate.shrink(frame, 0);
    }
    say(Arrays.copyOf(frame.array(), frame.position()));
  }

  synchronized void say(byte[] frame) {
    waiting.add(frame);
    pump();
  }

  synchronized boolean waits() {
    return underWay;
  }

  private void pump() {
    while (!underWay && !waiting.isEmpty()) {
      underWay = !socket.sink().write(ByteBuffer.wrap(waiting.remove()));
    }
  }

  @Override
  public void text(byte[] bytes, int length) {
    var text = new String(bytes, 0, length, UTF_8);
    switch (text) {
      case SUSPEND -> socket.suspendReading();
      case CLOSE_AND_SUSPEND -> {
        socket.close(CloseCode.GOING_AWAY, "enough");
        socket.suspendReading();
      }
      default -> {}
    }
    texts.add(text);
    if (!text.equals(SUSPEND)) {
      say(text);
    }
  }

  @Override
  public void endOfRead() {}

  @Override
  public synchronized void written() {
    underWay = false;
    pump();
  }

  @Override
  public void closed() {
    endings.incrementAndGet();
  }
}
