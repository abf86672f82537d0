package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.RunEnd;
import dev.trackside.access.RunSpan;
import dev.trackside.run.RunSpans.Place;
import dev.trackside.support.Fixes;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs are the same in whatever order their positions come. */
final class RunSpansTest {
  private static final long HOUR_MS = 3_600_000;
  private static final int ROUNDS = 500;

  private final Random random = new Random(1);

  /** The places that are to be hidden, as they are told. */
  private final List<Place> places = new ArrayList<>();

  private final List<RunEnd> ends = new ArrayList<>();

  private Position at(long tMs) {
    return new Position(
        new Runner("anna"), 1, tMs, tMs, false, Fixes.at(tMs, random.nextDouble(), 13), 0);
  }

  private RunSpans spans(List<Position> positions) {
    places.clear();
    var spans =
        new RunSpans(
            List.of(),
            ends,
            false,
            (before, after) -> {
              before.forEach(place -> assertThat(places.remove(place)).isTrue());
              places.addAll(after);
            });
    positions.forEach(spans::add);
    return spans;
  }

  @Test
  void orderPlaysNoPart() {
    for (int round = 0; round < ROUNDS; round++) {
      var positions = new ArrayList<Position>();
      ends.clear();
      long tMs = 1;
      for (int i = random.nextInt(1, 30); i > 0; i--) {
        tMs += random.nextInt(3) * HOUR_MS;
        positions.add(at(tMs));
        if (random.nextInt(8) == 0) {
          ends.add(new RunEnd(tMs - random.nextInt(2) * HOUR_MS, tMs + HOUR_MS / 2));
        }
      }
      List<RunSpan> inOrder = List.copyOf(spans(positions).all());
      List<Place> placesInOrder = List.copyOf(places);
      Collections.shuffle(positions, random);
      positions.addAll(positions.subList(0, random.nextInt(positions.size())));
      assertThat(spans(positions).all()).isEqualTo(inOrder);
      assertThat(places).containsExactlyInAnyOrderElementsOf(placesInOrder);
    }
  }

  @Test
  void lateFixOfARunThatWasSaidToBeOverEndsIt() {
    ends.add(new RunEnd(HOUR_MS, 10 * HOUR_MS));
    List<Position> late = List.of(at(HOUR_MS), at(9 * HOUR_MS));
    assertThat(spans(late).all()).hasSize(2);
    assertThat(places).hasSize(4);
  }

  @Test
  void oldestOfTooManyRunsIsHiddenAltogether() {
    var positions = new ArrayList<Position>();
    for (int i = 1; i <= RunSpans.MOST + 3; i++) {
      positions.add(at(3L * i * HOUR_MS));
    }
    RunSpans spans = spans(positions);
    assertThat(spans.all()).hasSize(RunSpans.MOST);
    assertThat(spans.hiddenUntilMs()).isEqualTo(9 * HOUR_MS);
    spans.add(at(HOUR_MS));
    assertThat(spans.all()).hasSize(RunSpans.MOST);
    spans.clear();
    assertThat(spans.hiddenUntilMs()).isZero();
    assertThat(places).isEmpty();
  }
}
