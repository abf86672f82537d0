package dev.trackside.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.track.Follower;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Records what it is told, and whether it was ever told two things at once. */
public final class NotingFollower implements Follower {
  private final List<Position> positions = new ArrayList<>();
  private final Set<Long> known = new HashSet<>();
  private final List<Runner> erased = new ArrayList<>();
  private final List<Object> told = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean twoAtOnce;

  @Override
  public void positions(List<Position> bunch) {
    for (Position position : bunch) {
      write(positions, position);
      learn(position.seq());
    }
  }

  @Override
  public void erased(Runner runner) {
    write(erased, runner);
  }

  private <T> void write(List<T> list, T what) {
    if (!busy.compareAndSet(false, true)) {
      twoAtOnce = true;
    }
    synchronized (this) {
      list.add(what);
      told.add(what);
    }
    busy.set(false);
  }

  /** Waits for some positions, and checks that they came one at a time and in order. */
  public List<Position> positions(int count) {
    await().untilAsserted(() -> assertThat(positions()).hasSizeGreaterThanOrEqualTo(count));
    assertThat(twoAtOnce).isFalse();
    assertThat(seqs()).isSorted().doesNotHaveDuplicates().hasSize(count);
    return positions();
  }

  /** Waits for some positions and erasures. */
  public List<Object> told(int count) {
    await().untilAsserted(() -> assertThat(told()).hasSizeGreaterThanOrEqualTo(count));
    return told();
  }

  synchronized List<Position> positions() {
    return List.copyOf(positions);
  }

  synchronized List<Object> told() {
    return List.copyOf(told);
  }

  synchronized List<Runner> erased() {
    return List.copyOf(erased);
  }

  List<Long> seqs() {
    return positions().stream().map(Position::seq).toList();
  }

  private synchronized void learn(long seq) {
    known.add(seq);
  }

  synchronized boolean knows(long seq) {
    return known.contains(seq);
  }
}
