package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A runner whose phone has an app: one call at a time, oldest first, and what was not answered with
 * 200 is sent again.
 */
final class PhoneRunner extends Runner {
  private static final int OK = 200;
  private static final int WAIT_MS = 1_000;

  private final Http http;
  private final ScheduledExecutorService later;
  private final Tongue tongue;
  private final Dialects dialects;
  private int released;
  private boolean busy;
  private boolean over;

  PhoneRunner(
      Plan plan,
      Programme programme,
      int index,
      Presence.Ways ways,
      Http http,
      Tongue tongue,
      String address) {
    super(plan, programme, index, ways.tally());
    this.http = http;
    this.later = ways.later();
    this.tongue = tongue;
    this.dialects = new Dialects(address, id());
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
    int to = Math.min(released, from + tongue.fixesACall());
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
        http.send(dialects.call(tongue, fixes))
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
      var _ = later.schedule(this::send, WAIT_MS, TimeUnit.MILLISECONDS);
    }
  }
}
