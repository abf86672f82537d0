package dev.trackside.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeliveryTrackerTest {
  private final DeliveryTracker tracker = new DeliveryTracker(2);

  @Test
  void theFirstThatComesIsTheBeginning() {
    tracker.add(0, 5, 0);
    tracker.add(0, 6, 0);
    assertThat(tracker.missing(0, 6)).isZero();
    assertThat(tracker.delivered()).isEqualTo(2);
    assertThat(tracker.has(1)).isFalse();
  }

  @Test
  void whatIsMissingInBetweenAndAtTheEndIsCounted() {
    tracker.add(0, 0, 0);
    tracker.add(0, 3, 0);
    assertThat(tracker.missing(0, 3)).isEqualTo(2);
    assertThat(tracker.missing(0, 5)).isEqualTo(4);
  }

  @Test
  void whatTheServerSaysItLeftOutIsNotMissing() {
    tracker.add(0, 0, 0);
    tracker.add(0, 4, 3);
    assertThat(tracker.missing(0, 4)).isZero();
    assertThat(tracker.skipped()).isEqualTo(3);
  }

  @Test
  void whatComesAlthoughItWasSaidToBeLeftOutIsTooMuch() {
    tracker.add(0, 0, 0);
    tracker.add(0, 4, 3);
    assertThat(tracker.add(0, 2, 0)).isTrue();
    assertThat(tracker.missing(0, 4)).isEqualTo(-1);
  }

  @Test
  void whatComesLateIsNoDuplicateTheFirstTime() {
    tracker.add(0, 0, 0);
    tracker.add(0, 2, 0);
    assertThat(tracker.add(0, 1, 0)).isTrue();
    assertThat(tracker.missing(0, 2)).isZero();
    assertThat(tracker.add(0, 1, 0)).isFalse();
    assertThat(tracker.duplicates()).isEqualTo(1);
  }

  @Test
  void whatLiesLongBackCountsAsADuplicate() {
    tracker.add(1, 100, 0);
    tracker.add(1, 200, 99);
    assertThat(tracker.add(1, 100, 0)).isFalse();
  }

  @Test
  void whatIsMissingIsOwedAfterAReset() {
    tracker.add(0, 3, 0);
    tracker.add(0, 5, 0);
    tracker.reset(0);
    assertThat(tracker.add(0, 9, 0)).isTrue();
    assertThat(tracker.missing(0, 9)).isEqualTo(4);
    assertThat(tracker.duplicates()).isZero();
  }

  @Test
  void whatShouldHaveComeBeforeTheFirstIsOwed() {
    tracker.add(0, 5, 0);
    tracker.owe(0, 2);
    tracker.owe(0, -7);
    assertThat(tracker.missing(0, 5)).isEqualTo(2);
  }

  @Test
  void afterAResetEverythingMayComeAgain() {
    tracker.add(0, 3, 0);
    tracker.reset(0);
    assertThat(tracker.add(0, 2, 0)).isTrue();
    assertThat(tracker.missing(0, 2)).isZero();
  }
}
