package dev.trackside.proof;

import static java.util.Objects.requireNonNull;

import dev.trackside.support.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A spectator who comes back with the last number they have, and keeps what they are shown. */
final class Watcher implements Runnable {
  private static final int TRAIL = 10_000;

  private final Machine machine;
  private final Book book;
  private final String feed;
  private final String options;
  private final SortedMap<Long, ReportedFix> have = new TreeMap<>();
  private final Map<String, Long> since = new HashMap<>();
  private long oldestHole = Long.MAX_VALUE;
  private long newestOnLine;
  private long cameBackWith;
  private int connections;
  private boolean wasReset;
  private RawLine line;
  private volatile boolean connected;
  private volatile boolean ending;

  /**
   * @param options of its first message, beside those for resuming, with a comma in front
   */
  Watcher(Machine machine, Book book, String feed, String options) {
    this.machine = machine;
    this.book = book;
    this.feed = feed;
    this.options = options;
  }

  String feed() {
    return feed;
  }

  @Override
  public void run() {
    try {
      while (!ending) {
        machine.awaitUp();
        watch();
        if (!ending) {
          machine.pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try (var door = new RawLine(machine.port(), comeBack())) {
      connected(door);
      while (true) {
        hear(door.next());
      }
    } catch (RawLine.Goodbye goodbye) {
      if (goodbye.code() != 1001) {
        book.fault(this + " was " + goodbye.getMessage());
      }
    } catch (IOException e) {
      // it was cut
    } finally {
      connected = false;
    }
  }

  private synchronized void connected(RawLine door) throws IOException {
    line = door;
    connected = true;
    connections++;
    if (ending) {
      door.close();
    }
  }

  /** Behind an open hole everything comes again, so that what is there is forgotten. */
  private synchronized String comeBack() {
    if (oldestHole != Long.MAX_VALUE) {
      have.tailMap(oldestHole + 1).clear();
      oldestHole = Long.MAX_VALUE;
    }
    newestOnLine = 0;
    cameBackWith = have.isEmpty() ? 0 : have.lastKey();
    return "{\"id\":\"%s\",\"after\":%d,\"trail\":%d%s}"
        .formatted(feed, cameBackWith, TRAIL, options);
  }

  private synchronized void hear(List<JsonNode> messages) {
    for (JsonNode message : messages) {
      switch (message.get("type").asString()) {
        case "position" -> take(message, message.get("seq").asLong(), ReportedFix.of(message));
        case "reset" -> startAfresh(message);
        default -> book.fault(this + " got " + message);
      }
    }
  }

  private void take(JsonNode message, long seq, ReportedFix fix) {
    book.shows(fix, seq);
    if (seq <= newestOnLine) {
      book.fault(this + " got " + message + " behind " + newestOnLine);
    }
    newestOnLine = seq;
    if (have.put(seq, fix) != null) {
      book.fault(this + " got again " + message);
    }
    if (wasReset) {
      since.putIfAbsent(fix.runner(), seq);
    }
    if (message.path("skipped").asLong() > 0) {
      oldestHole = Math.min(oldestHole, message.get("since").asLong());
    }
  }

  private void startAfresh(JsonNode message) {
    if (!message.get("id").asString().equals(feed) || newestOnLine > 0) {
      book.fault(this + " got " + message);
    }
    book.reset(feed, cameBackWith);
    have.clear();
    since.clear();
    oldestHole = Long.MAX_VALUE;
    wasReset = true;
  }

  /** Breaks the connection, so that holes are filled by coming back. */
  synchronized void fillHoles() throws IOException {
    if (oldestHole != Long.MAX_VALUE) {
      requireNonNull(line).close();
    }
  }

  boolean isConnected() {
    return connected;
  }

  synchronized int connections() {
    return connections;
  }

  /** Whether it has the newest of what is stored. */
  synchronized boolean isThere(Stored stored) {
    for (var track : stored.runnersOf(feed).values()) {
      if (!have.containsKey(track.lastKey())) {
        return false;
      }
    }
    return oldestHole == Long.MAX_VALUE;
  }

  /** In what it has something else than what is stored. */
  synchronized List<String> differences(Stored stored) {
    var words = new ArrayList<String>();
    var tracks = stored.runnersOf(feed);
    for (var entry : tracks.entrySet()) {
      String runner = entry.getKey();
      var track = entry.getValue().tailMap(since.getOrDefault(runner, 0L));
      if (track.size() < Math.min(entry.getValue().size(), TRAIL / tracks.size())) {
        words.add(this + " got a trail of " + track.size() + " only of " + runner);
      }
      var mine = new TreeMap<>(have);
      mine.values().removeIf(fix -> !fix.runner().equals(runner));
      var missing = new TreeMap<>(track);
      missing.keySet().removeAll(mine.keySet());
      mine.keySet().removeAll(track.keySet());
      if (!missing.isEmpty() || !mine.isEmpty()) {
        words.add(
            "%s lacks %d of %s %s and has %d that are not stored %s"
                .formatted(this, missing.size(), runner, few(missing), mine.size(), few(mine)));
      }
    }
    return words;
  }

  private static List<Long> few(SortedMap<Long, ReportedFix> positions) {
    return positions.keySet().stream().limit(5).toList();
  }

  synchronized void end() throws IOException {
    ending = true;
    if (line != null) {
      line.close();
    }
  }

  @Override
  public String toString() {
    return "The spectator of " + feed + options;
  }
}
