package dev.trackside.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import org.junit.jupiter.api.Test;

final class PresenceTrackerTest {
  private static final Runner ANNA = new Runner("anna");
  private static final Status SOS = new Status(Status.State.UNKNOWN, 1, 0, 5_000, 0, 0);

  private Status now = Status.NOTHING;
  private final PresenceTracker tracker =
      new PresenceTracker(new Feed.One(ANNA), (_, _) -> now, _ -> true);

  @Test
  void whoWasGivenAStatusBetweenTwoTicksHearsThatItIsOver() {
    now = SOS;
    assertThat(tracker.all()).containsExactly(new Notice.RunnerStatus(ANNA, SOS));
    now = Status.NOTHING;
    assertThat(tracker.tick()).containsExactly(new Notice.RunnerStatus(ANNA, Status.NOTHING));
    assertThat(tracker.tick()).isEmpty();
  }

  @Test
  void whatEverybodyWasToldIsNotToldAgain() {
    now = SOS;
    assertThat(tracker.tick()).containsExactly(new Notice.RunnerStatus(ANNA, SOS));
    assertThat(tracker.all()).containsExactly(new Notice.RunnerStatus(ANNA, SOS));
    assertThat(tracker.tick()).isEmpty();
  }
}
