package dev.trackside.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LedgerTest {
  private final Ledger ledger = new Ledger(2);

  @Test
  void theFirstThatComesIsTheBeginning() {
    ledger.enter(0, 5, 0);
    ledger.enter(0, 6, 0);
    assertThat(ledger.missing(0, 6)).isZero();
    assertThat(ledger.delivered()).isEqualTo(2);
    assertThat(ledger.knows(1)).isFalse();
  }

  @Test
  void whatIsMissingInBetweenAndAtTheEndIsCounted() {
    ledger.enter(0, 0, 0);
    ledger.enter(0, 3, 0);
    assertThat(ledger.missing(0, 3)).isEqualTo(2);
    assertThat(ledger.missing(0, 5)).isEqualTo(4);
  }

  @Test
  void whatTheServerSaysItLeftOutIsNotMissing() {
    ledger.enter(0, 0, 0);
    ledger.enter(0, 4, 3);
    assertThat(ledger.missing(0, 4)).isZero();
    assertThat(ledger.skipped()).isEqualTo(3);
  }

  @Test
  void whatComesAlthoughItWasSaidToBeLeftOutIsTooMuch() {
    ledger.enter(0, 0, 0);
    ledger.enter(0, 4, 3);
    assertThat(ledger.enter(0, 2, 0)).isTrue();
    assertThat(ledger.missing(0, 4)).isEqualTo(-1);
  }

  @Test
  void whatComesLateIsNoDuplicateTheFirstTime() {
    ledger.enter(0, 0, 0);
    ledger.enter(0, 2, 0);
    assertThat(ledger.enter(0, 1, 0)).isTrue();
    assertThat(ledger.missing(0, 2)).isZero();
    assertThat(ledger.enter(0, 1, 0)).isFalse();
    assertThat(ledger.duplicates()).isEqualTo(1);
  }

  @Test
  void whatLiesLongBackCountsAsADuplicate() {
    ledger.enter(1, 100, 0);
    ledger.enter(1, 200, 99);
    assertThat(ledger.enter(1, 100, 0)).isFalse();
  }

  @Test
  void whatIsMissingIsOwedAfterAReset() {
    ledger.enter(0, 3, 0);
    ledger.enter(0, 5, 0);
    ledger.reset(0);
    assertThat(ledger.enter(0, 9, 0)).isTrue();
    assertThat(ledger.missing(0, 9)).isEqualTo(4);
    assertThat(ledger.duplicates()).isZero();
  }

  @Test
  void whatShouldHaveComeBeforeTheFirstIsOwed() {
    ledger.enter(0, 5, 0);
    ledger.owe(0, 2);
    ledger.owe(0, -7);
    assertThat(ledger.missing(0, 5)).isEqualTo(2);
  }

  @Test
  void afterAResetEverythingMayComeAgain() {
    ledger.enter(0, 3, 0);
    ledger.reset(0);
    assertThat(ledger.enter(0, 2, 0)).isTrue();
    assertThat(ledger.missing(0, 2)).isZero();
  }
}
