package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.trackside.support.Chromium;
import dev.trackside.support.RawSpectator;
import dev.trackside.support.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser's own EventSource, and a server that ends and comes back under it. */
class EventSourceIT {
  private static final int RESTARTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String OPEN =
      """
      () => new Promise(resolve => {
        window.seqs = []
        window.resets = 0
        window.goodbyes = 0
        window.source = new EventSource('/api/runners/anna/events?trail=0')
        source.onmessage = event => seqs.push(Number(event.lastEventId))
        source.addEventListener('reset', () => resets++)
        source.addEventListener('goodbye', () => goodbyes++)
        source.onopen = resolve
      })
      """;

  @TempDir private Path data;

  /** A phone that reports again what was not acknowledged when the server went. */
  private static final class InsistentPhone implements AutoCloseable {
    private final int port;
    private final List<Long> acked = new CopyOnWriteArrayList<>();
    private long t = System.currentTimeMillis() - 3_600_000;
    private @Nullable RawSpectator phone;

    InsistentPhone(int port) {
      this.port = port;
    }

    void report() {
      try {
        RawSpectator connected = phone == null ? connect() : phone;
        phone = connected;
        connected.say("{\"lat\":52.5,\"lon\":13.4,\"t\":%d,\"ref\":%d}".formatted(t, t));
        acked.add(ackOf(connected, t));
        t++;
      } catch (IOException e) {
        phone = null;
      }
    }

    private RawSpectator connect() throws IOException {
      return new RawSpectator(port, 0, "{\"id\":\"anna\",\"echo\":false,\"events\":true}");
    }

    private static long ackOf(RawSpectator phone, long ref) throws IOException {
      while (true) {
        String message = phone.next();
        if (message.contains("\"ack\"") && RawSpectator.number(message, "ref") == ref) {
          return RawSpectator.number(message, "seq");
        }
      }
    }

    @Override
    public void close() throws IOException {
      if (phone != null) {
        phone.close();
      }
    }
  }

  @Test
  void browserComesBackByItselfAndMissesNothing() throws Exception {
    var server = Running.in(data);
    int port = server.port();
    try (var chromium = new Chromium();
        var publisher = new InsistentPhone(port);
        var beat = Executors.newSingleThreadScheduledExecutor()) {
      Page page = chromium.page("http://127.0.0.1:" + port + "/", 800, 600);
      page.evaluate(OPEN);
      var reports = beat.scheduleAtFixedRate(publisher::report, 0, 10, TimeUnit.MILLISECONDS);
      for (int restart = 0; restart < RESTARTS; restart++) {
        awaitMore(page);
        server.close();
        server = Running.again(data, port);
      }
      awaitMore(page);
      reports.cancel(false);
      beat.submit(() -> {}).get();
      Long newest = publisher.acked.getLast();
      await().atMost(PATIENCE).until(() -> seqs(page).contains(newest));

      List<Long> seen = seqs(page);
      assertThat(seen).isSorted().doesNotHaveDuplicates();
      // more when it comes back so soon that the server it left is still closing
      assertThat(number(page, "goodbyes")).isGreaterThanOrEqualTo(RESTARTS);
      List<Long> stored = stored(server);
      assertThat(stored).containsAll(publisher.acked);
      assertThat(number(page, "resets")).isZero();
      assertThat(seen).isEqualTo(stored.subList(stored.indexOf(seen.getFirst()), stored.size()));
    } finally {
      server.close();
    }
  }

  private static void awaitMore(Page page) {
    int before = number(page, "seqs.length");
    await().atMost(PATIENCE).until(() -> number(page, "seqs.length") > before);
  }

  private static int number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).intValue();
  }

  private static List<Long> seqs(Page page) {
    return ((List<?>) page.evaluate("seqs"))
        .stream().map(seq -> ((Number) seq).longValue()).toList();
  }

  private static List<Long> stored(Running server) throws Exception {
    return server.track("anna").stream().map(position -> position.path("seq").asLong()).toList();
  }
}
