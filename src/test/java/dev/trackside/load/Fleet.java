package dev.trackside.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Phones that post once a second each, spread over the second, on a connection each. A post that is
 * due while the one before is not answered waits, and its time runs.
 */
final class Fleet implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Selector selector = Selector.open();
  private final List<Phone> phones = new ArrayList<>();
  private final Map<Tongue, Latencies> latencies = new EnumMap<>(Tongue.class);
  private Latencies all = new Latencies(0);
  private Pace pace = Pace.of(1, 0, 0);
  private int answered;
  private int refused;

  private final class Phone {
    private final ReusedConnection connection;
    private final Tongue tongue;
    private final List<byte[]> requests;
    private final Deque<Integer> due = new ArrayDeque<>();

    Phone(int port, PhoneScript script) throws IOException {
      connection = new ReusedConnection(port, selector, this);
      tongue = script.tongue();
      requests = script.requests();
    }

    /**
     * @param index which of all posts it is
     */
    void postIsDue(int index) throws IOException {
      due.addLast(index);
      if (due.size() == 1) {
        postNext();
      }
    }

    private void postNext() throws IOException {
      connection.send(requests.get(due.getFirst() / phones.size()));
    }

    void serve() throws IOException {
      int status = connection.serve();
      if (status > 0) {
        took(due.removeFirst(), tongue, status);
        if (!due.isEmpty()) {
          postNext();
        }
      }
    }
  }

  Fleet(int port, List<PhoneScript> scripts) throws IOException {
    for (PhoneScript script : scripts) {
      phones.add(new Phone(port, script));
    }
  }

  private void took(int index, Tongue tongue, int status) {
    answered++;
    refused += status / 100 == 2 ? 0 : 1;
    if (pace.counts(index)) {
      long nanos = System.nanoTime() - pace.dueNanos(index);
      all.add(nanos);
      latencies.computeIfAbsent(tongue, _ -> new Latencies(pace.counting())).add(nanos);
    }
  }

  /** Posts until everything is answered, or nothing has been for long. */
  void post(int warmUpSeconds, int seconds) throws IOException {
    pace = Pace.of(phones.size(), warmUpSeconds, seconds);
    all = new Latencies(pace.counting());
    long lastNanos = pace.startNanos();
    int before = 0;
    int sent = 0;
    while (answered < pace.count() && System.nanoTime() - lastNanos < PATIENCE_NANOS) {
      for (int due = pace.due(System.nanoTime()); sent < due; sent++) {
        phones.get(sent % phones.size()).postIsDue(sent);
      }
      selector.select(key -> serve((Phone) key.attachment()), 1);
      if (answered != before) {
        before = answered;
        lastNanos = System.nanoTime();
      }
    }
  }

  private static void serve(Phone phone) {
    try {
      phone.serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int posts() {
    return pace.count();
  }

  int unanswered() {
    return pace.count() - answered;
  }

  /** How many answers were not 2xx. */
  int refused() {
    return refused;
  }

  Latencies latencies() {
    return all;
  }

  Latencies latencies(Tongue tongue) {
    return latencies.getOrDefault(tongue, new Latencies(0));
  }

  @Override
  public void close() throws IOException {
    for (Phone phone : phones) {
      phone.connection.close();
    }
    selector.close();
  }
}
