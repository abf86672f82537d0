package dev.trackside.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * One way to stop a server or to slow it down, tried again and again by callers from one address.
 *
 * @param words who does it
 * @param callers how many connections try it at a time
 * @param receiveBytes how much each takes without reading it, or 0 for the usual
 */
record Hostility(String words, int callers, int receiveBytes, Harm harm) {
  /** Does harm with a connection until the server refuses or ends it. */
  interface Harm {
    void by(Foe foe, int index) throws IOException, InterruptedException;
  }

  /** The open ids whose pasts are asked for. */
  static final int PASTS = 10;

  /** How long each past is. */
  static final int PAST_POSITIONS = 10_000;

  private static final int SOON_MS = 50;
  private static final int SECOND_MS = 1_000;
  private static final int SLOW_BYTES = 1_024;
  private static final int LITTLE = 4_096;
  private static final int UNPACKED_BYTES = 4_000_000;
  private static final String NOTE = "x".repeat(100);
  private static final byte[] NOTHING = {};
  private static final byte[] PACKED = packed();
  private static final byte[] THOUSAND = body(1_000);
  private static final String JSON = "Content-Type: application/json";
  private static final String ALL_PASTS =
      IntStream.range(0, PASTS).mapToObj(i -> '"' + past(i) + '"').collect(joining(",", "[", "]"));

  static final List<Hostility> ALL =
      List.of(
          new Hostility("asks for ten pasts and takes it back", 2, 0, Hostility::askForPasts),
          new Hostility("asks for a past, and reads nothing", 74, LITTLE, Hostility::readNothing),
          new Hostility("reads a track at 1 KiB/s", 400, LITTLE, Hostility::readSlowly),
          new Hostility("sends 4 KB slowly, which unpack to 4 MB", 64, 0, Hostility::unpack),
          new Hostility("has a zigzag simplified and drawn", 4, 0, Hostility::simplify),
          new Hostility("follows a race at a pace of its own", 300, 0, Hostility::follow),
          new Hostility("posts 1,000 positions at once, of anyone", 16, 0, Hostility::flood),
          new Hostility("claims, posts and erases", 4, 0, Hostility::claimAndErase),
          new Hostility("says what means nothing", 4, 0, Hostility::talk));

  static String past(int index) {
    return "past-" + index % PASTS;
  }

  private static byte[] packed() {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(" ".repeat(UNPACKED_BYTES).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Positions a second apart that end now, going so much less to and fro each time. */
  static List<String> positions(int count, double stepDeg) {
    long endMs = System.currentTimeMillis();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"t\":%d,\"lat\":%.7f,\"lon\":%.7f,\"note\":\"%s\"}"
                    .formatted(
                        endMs - (count - i) * (long) SECOND_MS,
                        50 + (i % 2 == 0 ? stepDeg : -stepDeg) * (count - i),
                        13 + i * 1e-6,
                        NOTE))
        .toList();
  }

  private static byte[] body(int count) {
    return String.join("\n", positions(count, 0)).getBytes(UTF_8);
  }

  private static String anyone() {
    return "anyone-" + ThreadLocalRandom.current().nextInt(1 << 20);
  }

  private static void askForPasts(Foe foe, int index) throws IOException, InterruptedException {
    foe.follow("{\"id\":\"foe\"}");
    while (true) {
      foe.say("{\"follow\":" + ALL_PASTS + ",\"trail\":10000}");
      foe.say("{\"unfollow\":" + ALL_PASTS + "}");
      Thread.sleep(1);
    }
  }

  private static void readNothing(Foe foe, int index) throws IOException, InterruptedException {
    foe.follow("{\"id\":\"" + past(index) + "\",\"trail\":10000}");
    Thread.sleep(60 * SECOND_MS);
  }

  private static void readSlowly(Foe foe, int index) throws IOException, InterruptedException {
    foe.send(Foe.head("GET", "/api/runners/" + past(index) + "/track?limit=10000", 0));
    while (foe.read(SLOW_BYTES)) {
      Thread.sleep(SECOND_MS);
    }
  }

  private static void unpack(Foe foe, int index) throws IOException, InterruptedException {
    String path = "/api/runners/" + anyone() + "/positions";
    foe.send(Foe.head("POST", path, PACKED.length, JSON, "Content-Encoding: gzip"));
    for (int from = 0; from < PACKED.length; from += SLOW_BYTES) {
      foe.send(Arrays.copyOfRange(PACKED, from, Math.min(PACKED.length, from + SLOW_BYTES)));
      Thread.sleep(SECOND_MS);
    }
    foe.read(1);
  }

  private static void simplify(Foe foe, int index) throws IOException {
    foe.ask("GET", "/api/runners/zigzag/trail", NOTHING);
    foe.ask("GET", "/r/zigzag/preview.png", NOTHING);
  }

  private static void follow(Foe foe, int index) throws IOException {
    foe.follow("{\"id\":\"race/*\",\"events\":true,\"pace\":%d}".formatted(SECOND_MS + index));
    while (true) {
      foe.hear();
    }
  }

  private static void flood(Foe foe, int index) throws IOException {
    while (true) {
      foe.ask("POST", "/api/runners/" + anyone() + "/positions", THOUSAND);
    }
  }

  private static void claimAndErase(Foe foe, int index) throws IOException {
    while (true) {
      String path = "/api/runners/" + anyone();
      byte[] claim =
          "{\"id\":\"%s\"}".formatted(path.substring(path.lastIndexOf('/') + 1)).getBytes(UTF_8);
      String key =
          foe.ask("POST", "/api/runners", claim, JSON).replaceAll(".*\"key\":\"(\\w+)\".*", "$1");
      String right = "Authorization: Bearer " + key;
      foe.ask("POST", path + "/positions", body(1), right);
      foe.ask("DELETE", path, NOTHING, right);
    }
  }

  private static void talk(Foe foe, int index) throws IOException {
    foe.follow("{\"id\":\"foe\"}");
    while (true) {
      foe.say("{\"follow\":[[[1]]],\"ping\":\"x\"}");
      foe.hear();
    }
  }

  /** Tries it once with a connection of its own. */
  void once(String address, int port, int index) throws InterruptedException {
    try (var foe = new Foe(address, port, receiveBytes)) {
      harm.by(foe, index);
    } catch (IOException refused) {
      Thread.sleep(SOON_MS);
    }
  }
}
