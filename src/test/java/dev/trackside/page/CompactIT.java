package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Running;
import dev.trackside.support.SpectatorsPage;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compact frames, and what the page makes of them in a browser. */
@Timeout(90)
final class CompactIT {
  private static final int POSITIONS = 1_000;

  /** The positions of a race as two sockets bring them, JSON and compact, where they differ. */
  private static final String DIFFERENT =
      """
      async (count) => {
        const page = document.querySelector("script[src$='/spectator.js']").src;
        const { positionsIn } = await import(page.replace("spectator.js", "compact.js"));
        const heard = (options) => new Promise((done) => {
          const socket = new WebSocket(`ws://${location.host}/ws`);
          socket.binaryType = "arraybuffer";
          const all = [];
          socket.onopen = () => socket.send(JSON.stringify({ id: "berlin/*", after: 0, ...options }));
          socket.onmessage = ({ data }) => {
            all.push(...(typeof data === "string" ? [JSON.parse(data)] : positionsIn(data)));
            if (all.length === count) done(all);
          };
        });
        const sorted = (position) => JSON.stringify(Object.entries(position).sort(([a], [b]) => (a < b ? -1 : 1)));
        const [json, compact] = await Promise.all([heard({}), heard({ codec: "compact" })]);
        return json.map(sorted).filter((position, i) => position !== sorted(compact[i]));
      }
      """;

  /** What the page says to frames, given in hexadecimal digits. */
  private static final String REFUSALS =
      """
      async (frames) => {
        const page = document.querySelector("script[src$='/spectator.js']").src;
        const { positionsIn } = await import(page.replace("spectator.js", "compact.js"));
        return frames.map((frame) => {
          const bytes = Uint8Array.from(frame.match(/../g), (byte) => parseInt(byte, 16));
          try {
            return `${positionsIn(bytes.buffer).length} positions`;
          } catch (error) {
            return error.message;
          }
        });
      }
      """;

  private static Running server;
  private static Calls calls;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    server = Running.with();
    calls = new Calls(server.http());
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() throws IOException {
    chromium.close();
    calls.close();
    server.close();
  }

  private static void publish(String race, String bib, String positions) throws Exception {
    var answer = calls.post("/api/races/" + race + "/runners/" + bib + "/positions", positions);
    assertThat(answer.json().path("refused").size()).as(answer.text()).isZero();
  }

  @Test
  void decoderOfThePageMakesWhatJsonWouldHaveBrought() throws Exception {
    var random = new Random(5);
    List<String> bibs = List.of("0", "7", "1042", "2147483647", "2147483648", "007", "elite-1");
    for (int i = 0; i < POSITIONS / 10; i++) {
      var body = new StringBuilder();
      for (int k = 0; k < 10; k++) {
        body.append(position(random)).append('\n');
      }
      publish("berlin", bibs.get(i % bibs.size()), body.toString());
    }
    try (BrowserContext somebody = chromium.somebody("en-GB", 800, 600)) {
      Page page = somebody.newPage();
      page.navigate(server.http().toString());
      assertThat(page.evaluate(DIFFERENT, POSITIONS)).isEqualTo(List.of());
    }
  }

  @Test
  void whatIsNoWholeFrameIsRefused() {
    try (BrowserContext somebody = chromium.somebody("en-GB", 800, 600)) {
      Page page = somebody.newPage();
      page.navigate(server.http().toString());
      assertThat(page.evaluate(REFUSALS, List.of("02", "01", "0180", "0100017f61", "0103616263")))
          .isEqualTo(
              List.of(
                  "positions must be of version 1",
                  "a frame of positions ends within a number",
                  "a frame of positions ends within a number",
                  "a frame of positions ends within a text",
                  "0 positions"));
    }
  }

  private static String position(Random random) {
    String[] members = {
      ",\"alt\":" + random.nextInt(-120_000, 1_000_001) / 10.0,
      ",\"acc\":" + random.nextInt(0, 1_000_000_001) / 10.0,
      ",\"speed\":" + random.nextInt(0, 10_000_001) / 100.0,
      ",\"heading\":" + random.nextInt(0, 3_601) / 10.0,
      ",\"battery\":" + random.nextInt(0, 101),
      ",\"hr\":" + random.nextInt(0, 301),
      ",\"queue\":" + random.nextInt(0, 1_000_000_001),
      ",\"ü\":\"😀\\n\",\"__proto__\":7",
      ",\"t\":" + (946_684_800_000L + random.nextInt(1_000_000_000))
    };
    var json = new StringBuilder("{\"lat\":");
    json.append(random.nextInt(-900_000_000, 900_000_001) / 1e7);
    json.append(",\"lon\":" + random.nextInt(-1_800_000_000, 1_800_000_001) / 1e7);
    for (String member : members) {
      json.append(random.nextBoolean() ? member : "");
    }
    return json.append('}').toString();
  }

  @Test
  void pageOfARaceIsToldInBinaryFramesAndThatOfARunnerInWords() throws Exception {
    for (int bib = 1; bib <= 60; bib++) {
      publish("tokyo", "" + bib, "{\"lat\":35.%02d,\"lon\":139.7}".formatted(bib));
    }
    try (var many = SpectatorsPage.in(chromium);
        var one = SpectatorsPage.in(chromium)) {
      AtomicInteger ofMany = binaryFrames(many.page);
      AtomicInteger ofOne = binaryFrames(one.page);
      many.open(server.port(), "/race/tokyo");
      one.open(server.port(), "/r/tokyo/7");
      many.page.waitForFunction("() => trackside.runners().length === 60");
      one.page.waitForFunction("() => trackside.trail().length === 1");
      publish("tokyo", "7", "{\"lat\":36.1234567,\"lon\":140}");
      String moved =
          "() => trackside.runners().some(({ id, newest }) => id === 'tokyo/7' && newest.lat === 36.1234567)";
      many.page.waitForFunction(moved);
      one.page.waitForFunction(moved);
      assertThat(ofMany).hasPositiveValue();
      assertThat(ofOne).hasValue(0);
      assertThat(many.complaints).isEmpty();
    }
  }

  private static AtomicInteger binaryFrames(Page page) {
    var binary = new AtomicInteger();
    page.onWebSocket(
        socket ->
            socket.onFrameReceived(
                frame -> {
                  if (frame.binary() != null) {
                    binary.incrementAndGet();
                  }
                }));
    return binary;
  }
}
