package dev.trackside.proof;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.support.RawLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/**
 * A phone on a WebSocket that reports at a fixed rate, keeps what was not acknowledged, and says it
 * again when it has come back.
 */
final class Sender implements ReportingPhone {
  private static final int LOOK_MS = 20;

  private final Machine machine;
  private final Book book;
  private final Walk walk;
  private final Semaphore due = new Semaphore(0);
  private final Map<Integer, ReportedFix> pending = new LinkedHashMap<>();
  private int lastRef;
  private volatile boolean ending;

  Sender(Machine machine, Book book, Walk walk) {
    this.machine = machine;
    this.book = book;
    this.walk = walk;
  }

  @Override
  public void mayReport(int count) {
    due.release(count);
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void run() {
    try {
      while (!isDone()) {
        int life = machine.awaitUp();
        var line = connect();
        if (line != null) {
          talk(line, life);
        }
        if (!isDone()) {
          machine.pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RawLine connect() {
    try {
      return new RawLine(
          machine.port(), "{\"id\":\"" + walk.runner() + "\",\"events\":true,\"echo\":false}");
    } catch (IOException e) {
      return null;
    }
  }

  private void talk(RawLine line, int life) throws InterruptedException {
    Thread listening = Thread.ofVirtual().start(() -> listen(line, life));
    try (line) {
      for (var entry : unsettled().entrySet()) {
        line.say(entry.getValue().json(entry.getKey()));
      }
      while (listening.isAlive() && !isDone()) {
        if (!ending && due.tryAcquire(LOOK_MS, MILLISECONDS)) {
          report(line);
        } else if (ending) {
          listening.join(LOOK_MS);
        }
      }
    } catch (IOException e) {
      // it was cut: what is pending is said again
    }
    listening.join();
  }

  private void report(RawLine line) throws IOException {
    ReportedFix fix = walk.next();
    book.says(fix);
    int ref = ++lastRef;
    synchronized (pending) {
      pending.put(ref, fix);
    }
    line.say(fix.json(ref));
  }

  private void listen(RawLine line, int life) {
    try {
      while (true) {
        line.next().forEach(message -> hear(message, life));
      }
    } catch (RawLine.Goodbye goodbye) {
      if (goodbye.code() != 1001 && goodbye.code() != 1013) {
        book.fault(walk.runner() + "'s phone was " + goodbye.getMessage());
      }
    } catch (IOException e) {
      // it was cut
    }
  }

  private void hear(JsonNode message, int life) {
    switch (message.get("type").asString()) {
      case "ack" -> {
        ReportedFix fix;
        synchronized (pending) {
          fix = pending.remove(message.get("ref").asInt());
        }
        if (fix == null) {
          book.fault("not asked for, or twice: " + message);
        } else {
          String verdict = message.get("verdict").asString();
          book.acknowledged(fix, verdict, message.path("seq").asLong(), life);
        }
      }
      case "error" -> book.fault(walk.runner() + "'s phone: " + message);
      default -> {}
    }
  }

  private Map<Integer, ReportedFix> unsettled() {
    synchronized (pending) {
      return new LinkedHashMap<>(pending);
    }
  }

  private boolean isDone() {
    return ending && unsettled().isEmpty();
  }

  @Override
  public List<ReportedFix> pending() {
    return new ArrayList<>(unsettled().values());
  }

  @Override
  public String toString() {
    return walk.runner() + "'s phone, over a WebSocket";
  }
}
