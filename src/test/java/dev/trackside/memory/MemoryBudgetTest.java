package dev.trackside.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);

  @Test
  void whatIsTakenComesBackWhenItsAccountIsClosed() {
    try (var one = budget.open();
        var other = budget.open()) {
      assertThat(one.take(60)).isTrue();
      assertThat(other.take(16)).isFalse();
      assertThat(other.take(15)).isTrue();
      one.giveBack(10);
      assertThat(budget.takenBytes()).isEqualTo(65);
    }
    assertThat(budget.takenBytes()).isZero();
  }

  @Test
  void quarterIsLeftToTheLiveWhoAlsoTakeWhatOthersLeave() {
    try (var calls = budget.open();
        var live = budget.openForLive(1)) {
      assertThat(calls.take(70)).isTrue();
      assertThat(live.take(25)).isTrue();
      assertThat(live.take(6)).isFalse();
      assertThat(live.take(5)).isTrue();
      assertThat(calls.take(1)).isFalse();
      assertThat(budget.takenBytes()).isEqualTo(100);
      live.giveBack(30);
      assertThat(calls.take(5)).isTrue();
      assertThat(calls.take(1)).isFalse();
      assertThat(budget.takenBytes()).isEqualTo(75);
    }
    assertThat(budget.takenBytes()).isZero();
  }

  @Test
  void closedAccountTakesNothingAndGivesNothingBackTwice() {
    var account = budget.open();
    account.take(60);
    account.close();
    account.close();
    account.giveBack(60);
    assertThat(account.take(1)).isFalse();
    assertThat(budget.takenBytes()).isZero();
  }
}
