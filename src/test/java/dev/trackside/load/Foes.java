package dev.trackside.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Everybody who means harm, at once: each kind from an address of its own, and back as soon as the
 * server has sent them away. Safe for use by many threads.
 */
final class Foes implements AutoCloseable {
  private static final int RACE_RUNNERS = 20;
  private static final int SECOND_MS = 1_000;

  /** Of the {@code /24} that foes come from. */
  private static final int FIRST_ADDRESS = 2;

  private final int port;
  private final AtomicLongArray tries = new AtomicLongArray(Hostility.ALL.size());
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Lets them come.
   *
   * @param share how many of each kind's usual number, 0 to 1
   */
  Foes(int port, double share) {
    this.port = port;
    for (int kind = 0; kind < Hostility.ALL.size(); kind++) {
      int callers = (int) Math.ceil(Hostility.ALL.get(kind).callers() * share);
      for (int i = 0; i < callers; i++) {
        come(kind, i);
      }
    }
    threads.add(Thread.startVirtualThread(this::runTheRace));
  }

  private void come(int kind, int index) {
    threads.add(
        Thread.startVirtualThread(
            () -> {
              try {
                while (true) {
                  tries.incrementAndGet(kind);
                  Hostility.ALL.get(kind).once(address(kind), port, index);
                }
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private static String address(int kind) {
    return "127.0.0." + (FIRST_ADDRESS + kind);
  }

  /** Stores what foes ask for: pasts, and a zigzag that shrinks from point to point. */
  static void prepare(int port, int pastPositions) throws IOException {
    int sender = 1;
    for (int i = 0; i < Hostility.PASTS; i++) {
      store(port, sender++, Hostility.past(i), Hostility.positions(pastPositions, 0));
    }
    List<String> zigzag = Hostility.positions(10 * pastPositions, 1e-6);
    for (int from = 0; from < zigzag.size(); from += pastPositions) {
      store(port, sender++, "zigzag", zigzag.subList(from, from + pastPositions));
    }
  }

  private static void store(int port, int sender, String id, List<String> positions)
      throws IOException {
    try (var foe = new Foe("127.0.2." + sender, port, 0)) {
      byte[] body = String.join("\n", positions).getBytes(UTF_8);
      foe.ask("POST", "/api/runners/" + id + "/positions", body);
    }
  }

  private void runTheRace() {
    try (var foe = new Foe("127.0.3.1", port, 0).follow("{\"follow\":[],\"echo\":false}")) {
      for (int step = 0; ; step++) {
        for (int bib = 0; bib < RACE_RUNNERS; bib++) {
          foe.say("{\"id\":\"race/%d\",\"lat\":50,\"lon\":%s}".formatted(bib, 13 + step * 1e-5));
        }
        Thread.sleep(SECOND_MS);
      }
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** How often each kind has tried, in the order of {@link Hostility#ALL}. */
  long tries(int kind) {
    return tries.get(kind);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
