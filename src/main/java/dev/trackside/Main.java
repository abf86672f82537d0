package dev.trackside;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.history.LostClaims;
import dev.trackside.options.Options;
import dev.trackside.options.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server until it is told to end. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger("trackside");
  private static final int FAILED = 1;
  private static final int LOST_CLAIMS = 3;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> LOG.error("A thread failed: {}", thread.getName(), failure));
    var options = new Options();
    var out = new PrintWriter(System.out, true, UTF_8);
    OptionalInt done = options.read(out, new PrintWriter(System.err, true, UTF_8), args);
    if (done.isPresent()) {
      System.exit(done.getAsInt());
    }
    var ended = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    try (var server = Server.start(options.settings())) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ended, main)));
      LOG.info("{}{} is at {}", Version.text(), adminKey(server), server.address());
      ended.await();
    } catch (IOException e) {
      System.err.println("trackside: " + e.getMessage());
      System.exit(e instanceof LostClaims ? LOST_CLAIMS : FAILED);
    }
  }

  private static String adminKey(Server server) {
    return server.adminKey().map(file -> ", whose admin key is in " + file + ",").orElse("");
  }

  /** Waits for the goodbyes, since the process ends when this returns. */
  private static void end(CountDownLatch ended, Thread main) {
    ended.countDown();
    try {
      main.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
