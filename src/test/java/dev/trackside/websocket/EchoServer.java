package dev.trackside.websocket;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A door on a free port of this machine, and behind it a {@link Recorder} for each connection. */
final class EchoServer implements AutoCloseable {
  static final String FRIENDLY_ORIGIN = "https://club.example";

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final BlockingQueue<Recorder> recorders = new LinkedBlockingQueue<>();
  private final Server server = new Server(new QueuedThreadPool(8, 2));
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  EchoServer(ConnectionLimits limits) {
    timer.setRemoveOnCancelPolicy(true);
    connector.setHost("127.0.0.1");
    connector.setAcceptedSendBufferSize(32 * 1024);
    server.addConnector(connector);
    server.setHandler(
        new Door(
            "/ws",
            limits,
            timer,
            (origin, host) ->
                origin.equals(FRIENDLY_ORIGIN) || origin.startsWith("http://127.0.0.1:")
                    ? Optional.empty()
                    : Optional.of("Not from there."),
            _ -> new Admission.Welcome(this::receive, () -> {})));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Receiver receive(Socket socket) {
    var recorder = new Recorder(socket);
    recorders.add(recorder);
    return recorder;
  }

  int port() {
    return connector.getLocalPort();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + port() + "/ws");
  }

  /** What stands behind the next connection that was opened. */
  Recorder next() throws InterruptedException {
    return requireNonNull(recorders.poll(10, SECONDS), "nobody connected");
  }

  void awaitNoTimers() {
    await()
        .pollInterval(Recorder.POLL)
        .until(() -> timer.getQueue().isEmpty() && timer.getActiveCount() == 0);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      timer.shutdownNow();
    }
  }
}
