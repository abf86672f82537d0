package dev.trackside.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.trackside.support.RawLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One runner with very many positions: how long spectators wait, and what a download costs. */
final class Million implements AutoCloseable {
  private static final int TIMES = 20;
  private static final int BATCH = 5_000;
  private static final int BATCHES_A_SECOND = 1_000;
  private static final int TRAIL = 1_000;
  private static final byte[] SEQ = "\"seq\":".getBytes(US_ASCII);
  private static final byte[] POINT = "<trkpt".getBytes(US_ASCII);

  private final Bench bench;
  private final int positions;
  private final HttpClient client = HttpClient.newHttpClient();

  Million(Bench bench, int positions) {
    this.bench = bench;
    this.positions = positions;
  }

  /** As lines of a table. */
  List<String> measure() throws IOException, InterruptedException {
    var lines = new ArrayList<String>();
    lines.add(
        "| one runner with %,d positions, -Xmx128m | middle of %d | slowest |"
            .formatted(positions, TIMES));
    lines.add("|---|---|---|");
    lines.add(once("loaded in batches of " + BATCH + ", as fast as it goes: s", load()));
    long newest = newest();
    long recent = newestBefore(100);
    lines.add(
        often("join with trail 1,000 until the last of them came: ms", () -> join(TRAIL, newest)));
    lines.add(
        often(
            "come back with a number 100 positions old, until the first came: ms",
            () -> comeBack(recent, 1)));
    lines.add(often("the same until all 100 came: ms", () -> comeBack(recent, 100)));
    long everything = comeBack(0, positions);
    lines.add(once("everything over /ws, after:0: s", everything / 1e9));
    var heap = new Heap(bench);
    int heapBefore = heap.afterFullCollectionMib();
    int seen = heap.behindCollectionsMib().size();
    long begun = System.nanoTime();
    long bytes = download(".gpx");
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Integer> all = heap.behindCollectionsMib();
    List<Integer> heaps = all.subList(seen, all.size());
    int most = heaps.stream().max(Integer::compare).orElse(heapBefore);
    lines.add(once("track.gpx, %,d MiB: s".formatted(bytes >> 20), seconds));
    lines.add(once("heap in use behind a collection before it: MiB", heapBefore));
    lines.add(
        once("the same meanwhile, at most (%d collections): MiB".formatted(heaps.size()), most));
    lines.add(once("RSS at most, in all: MiB", bench.server().statusKib("VmHWM") / 1024.0));
    lines.add(once("disk: MiB", Gauge.bytesIn(bench.data()) / 1024.0 / 1024));
    return lines;
  }

  private static String once(String what, double figure) {
    return String.format(Locale.ROOT, "| %s | %.1f | |", what, figure);
  }

  private interface Try {
    long nanos() throws IOException;
  }

  private static String often(String what, Try one) throws IOException {
    var latencies = new Latencies(TIMES);
    for (int i = 0; i < TIMES; i++) {
      latencies.add(one.nanos());
    }
    return String.format(
        Locale.ROOT, "| %s | %.1f | %.1f |", what, latencies.millis(.5), latencies.millis(1));
  }

  private double load() throws IOException {
    try (var posts = new Posts(bench.port(), 1, 1, BATCH, "million-")) {
      Outcome outcome =
          posts.post(new Pace(System.nanoTime(), 1e9 / BATCHES_A_SECOND, 0, positions / BATCH));
      if (outcome.acknowledged() != positions) {
        throw new IOException("only " + outcome.acknowledged() + " were stored");
      }
      return outcome.seconds();
    }
  }

  private long newest() throws IOException {
    return newestBefore(0);
  }

  /** The number of a position that so many have followed. */
  private long newestBefore(int since) throws IOException {
    try (var line =
        new RawLine(bench.port(), "{\"id\":\"million-0\",\"trail\":" + (since + 1) + "}")) {
      byte[] first = line.nextBytes();
      return Digits.read(first, Digits.behind(SEQ, first, 0, first.length), first.length);
    }
  }

  private long join(int trail, long newest) throws IOException {
    long begun = System.nanoTime();
    int came = 0;
    long seq = 0;
    try (var line = new RawLine(bench.port(), "{\"id\":\"million-0\",\"trail\":" + trail + "}")) {
      for (; came < trail; came++) {
        byte[] message = line.nextBytes();
        seq = Digits.read(message, Digits.behind(SEQ, message, 0, message.length), message.length);
      }
    }
    if (seq != newest) {
      throw new IOException("the trail ended with " + seq + ", not " + newest);
    }
    return System.nanoTime() - begun;
  }

  private long comeBack(long after, int count) throws IOException {
    long begun = System.nanoTime();
    try (var line = new RawLine(bench.port(), "{\"id\":\"million-0\",\"after\":" + after + "}")) {
      for (int came = 0; came < count; came++) {
        byte[] message = line.nextBytes();
        if (Digits.behind(SEQ, message, 0, message.length) < 0) {
          throw new IOException(new String(message, US_ASCII));
        }
      }
    }
    return System.nanoTime() - begun;
  }

  /** Reads all of a track, and returns how many bytes that were. */
  private long download(String form) throws IOException, InterruptedException {
    var call = "http://127.0.0.1:" + bench.port() + "/api/runners/million-0/track" + form;
    var answer =
        client.send(HttpRequest.newBuilder(URI.create(call)).build(), BodyHandlers.ofInputStream());
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    long points = 0;
    int kept = 0;
    try (InputStream in = answer.body()) {
      for (int read = in.read(buffer, 0, buffer.length); read >= 0; ) {
        bytes += read;
        int end = kept + read;
        int at = Digits.behind(POINT, buffer, 0, end);
        int from = 0;
        for (; at >= 0; at = Digits.behind(POINT, buffer, from, end)) {
          points++;
          from = at;
        }
        kept = Math.min(end - from, POINT.length - 1);
        System.arraycopy(buffer, end - kept, buffer, 0, kept);
        read = in.read(buffer, kept, buffer.length - kept);
      }
    }
    if (answer.statusCode() != 200 || points != positions) {
      throw new IOException(answer.statusCode() + " with " + points + " points");
    }
    return bytes;
  }

  @Override
  public void close() {
    client.close();
  }
}
