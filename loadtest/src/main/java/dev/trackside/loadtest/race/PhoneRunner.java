package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A runner with a phone app, which makes one call at a time, sends the oldest positions first, and
 * sends again what was not answered with 200.
 */
final class PhoneRunner extends Runner {
  private static final int OK = 200;
  private static final int WAIT_MS = 1_000;

  private final Http http;
  private final ScheduledExecutorService timer;
  private final RunnerProtocol protocol;
  private final PhoneRequests requests;
  private int released;
  private boolean busy;
  private boolean over;

  PhoneRunner(
      Plan plan,
      Schedule schedule,
      int index,
      PersistentConnection.Context context,
      Http http,
      RunnerProtocol protocol,
      String address) {
    super(plan, schedule, index, context.tally());
    this.http = http;
    this.timer = context.timer();
    this.protocol = protocol;
    this.requests = new PhoneRequests(address, id());
  }

  @Override
  void join() {}

  @Override
  synchronized void leave() {
    over = true;
  }

  @Override
  synchronized void reach(int number) {
    if (!tunnel().holds(number)) {
      released = number + 1;
      send();
    }
  }

  private synchronized void send() {
    int from = firstUnsettled();
    int to = Math.min(released, from + protocol.fixesACall());
    if (busy || over || from >= to) {
      return;
    }
    busy = true;
    List<Fix> fixes = new ArrayList<>();
    for (int number = from; number < to; number++) {
      leaving(number);
      fixes.add(fix(number));
    }
    var _ =
        http.send(requests.call(protocol, fixes))
            .whenComplete((answer, _) -> settle(from, to, answer));
  }

  private synchronized void settle(int from, int to, Http.@Nullable Answer answer) {
    busy = false;
    if (answer != null && answer.status() == OK) {
      for (int number = from; number < to; number++) {
        stored(number);
      }
      send();
    } else if (!over) {
      tally()
          .notes
          .add(
              answer == null ? "a phone got no answer" : "a phone was answered " + answer.status());
      var _ = timer.schedule(this::send, WAIT_MS, TimeUnit.MILLISECONDS);
    }
  }
}
