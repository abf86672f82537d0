package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Line;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Somebody who watches, and keeps a ledger of what he gets. Threads may share it. */
final class Spectator implements Presence.Guest {
  /** Whoever has been there for so long must have got something. */
  private static final long SETTLING_MICROS = 2_000_000;

  /** What all spectators of a race share. */
  record Desk(Plan plan, Field field, Tally tally, long measuredFromMicros) {}

  private final Desk desk;
  private final int index;
  private final Follow follow;
  private final int first;
  private final Presence presence;
  private final Ledger ledger;
  private final long[] newestSeq;
  private long cameMicros;
  private long presentSinceMicros;
  private boolean judged = true;

  Spectator(Desk desk, int index, Follow follow, Presence.Ways ways, URI target) {
    this.desk = desk;
    this.index = index;
    this.follow = follow;
    int all = desk.plan.field();
    int runners = follow.everyone() ? all : Math.min(follow.runners(), all);
    this.first = follow.everyone() ? 0 : index % all;
    this.presence = new Presence(ways, target, this);
    this.ledger = new Ledger(runners);
    this.newestSeq = new long[follow.everyone() ? 1 : runners];
  }

  Presence presence() {
    return presence;
  }

  /** From now on nobody expects that he gets everything. */
  synchronized void judgeNoMore() {
    judged = false;
  }

  /** What is late because he did not read is nobody's fault. */
  synchronized void readAgain() {
    presentSinceMicros = Clock.micros();
    Line line = presence.line();
    if (line != null) {
      line.resume();
    }
  }

  @Override
  public synchronized void arrived(Line line) {
    presentSinceMicros = Clock.micros();
    if (cameMicros == 0) {
      cameMicros = presentSinceMicros;
    }
    desk.plan.registration().messages(feeds(), feed -> newestSeq[feed]).forEach(line::send);
  }

  private List<String> feeds() {
    return follow.everyone()
        ? List.of(desk.plan.everyone())
        : IntStream.range(0, newestSeq.length).mapToObj(i -> desk.plan.id(runner(i) + 1)).toList();
  }

  private int runner(int slot) {
    return (first + slot) % desk.plan.field();
  }

  @Override
  public void heard(ByteBuffer utf8) {
    hear(new JsonSightings(utf8));
  }

  @Override
  public void heardBinary(ByteBuffer bytes) {
    hear(new CompactSightings(bytes));
  }

  private synchronized void hear(Sightings said) {
    long nowMicros = Clock.micros();
    while (said.next()) {
      switch (said.type()) {
        case POSITION -> enter(said, nowMicros);
        case RESET -> reset(said);
        case ERROR -> desk.tally.notes.add("the server told a spectator: " + said.words());
        case ACK, OTHER -> {}
      }
    }
  }

  private void enter(Sightings said, long nowMicros) {
    int all = desk.plan.field();
    int runner = (int) said.runner() - 1;
    int slot = runner < 0 || runner >= all ? -1 : (runner - first + all) % all;
    int number = desk.field.number(runner, said);
    if (slot < 0 || slot >= ledger.runners() || number < 0) {
      desk.tally.notes.add("a position came that nobody here has sent, or asked for");
      return;
    }
    desk.tally.delivered.increment();
    boolean isFirst = !ledger.knows(slot);
    if (!ledger.enter(slot, number, said.skipped())) {
      return;
    }
    if (isFirst) {
      int from = desk.field.firstAfter(runner, presentSinceMicros + SETTLING_MICROS);
      ledger.owe(slot, (long) number - from - said.skipped());
    }
    int feed = follow.everyone() ? 0 : slot;
    if (said.seq() <= newestSeq[feed]) {
      desk.tally.disordered.increment();
    } else {
      newestSeq[feed] = said.seq();
    }
    long dueMicros = desk.field.dueMicros(runner, number, said);
    if (judged && dueMicros >= Math.max(presentSinceMicros, desk.measuredFromMicros)) {
      desk.tally.latency(index, nowMicros - dueMicros);
    }
  }

  private void reset(Sightings said) {
    desk.tally.notes.add("a spectator was told to begin anew");
    for (int slot = 0; slot < ledger.runners(); slot++) {
      if (follow.everyone() || said.runner() - 1 == runner(slot)) {
        ledger.reset(slot);
        newestSeq[follow.everyone() ? 0 : slot] = 0;
      }
    }
  }

  /** Adds up what he should have got, and what he got. */
  synchronized void sum(Sum sum) {
    if (!judged || cameMicros == 0) {
      return;
    }
    for (int slot = 0; slot < ledger.runners(); slot++) {
      int runner = runner(slot);
      if (ledger.knows(slot)) {
        int missing = ledger.missing(slot, desk.field.lastStored(runner));
        sum.missing(missing - (missing > 0 ? Math.min(missing, desk.field.refusals(runner)) : 0));
      } else {
        sum.missing(desk.field.storedAfter(runner, cameMicros + SETTLING_MICROS));
      }
    }
    sum.add(ledger);
  }
}
