package dev.trackside.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final Limits ALLOWANCE = new Limits(2, 3, 2, 4, 10, 50, false);

  private final AtomicLong nanos = new AtomicLong(-1_000_000);
  private final RateLimits callers = new RateLimits(ALLOWANCE, nanos::get);

  private Caller at(String literal) {
    return callers.of(InetAddress.ofLiteral(literal), false);
  }

  private static String numbered(String block, int number) {
    return "%s.%d.%d.%d".formatted(block, number >> 16, number >> 8 & 0xFF, number & 0xFF);
  }

  private void pass(long ms) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
  }

  @Test
  void soManyConnectionsMayBeOpenedASecond() {
    Caller anna = at("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      assertThat(anna.opens()).isEmpty();
    }
    assertThat(anna.opens())
        .contains(new RetryAfter("One address may open at most 3 connections a second.", 1));
    pass(334);
    assertThat(anna.opens()).isEmpty();
    assertThat(anna.opens()).isPresent();
    assertThat(at("192.0.2.2").opens()).isEmpty();
  }

  @Test
  void fiveTimesAsManyClaimsAsInASecondMayComeAtOnce() {
    Caller anna = at("192.0.2.1");
    for (int i = 0; i < 10; i++) {
      assertThat(anna.claims()).isEmpty();
    }
    assertThat(anna.claims()).isPresent();
    pass(1_000);
    assertThat(anna.claims()).isEmpty();
    assertThat(anna.claims()).isEmpty();
    assertThat(anna.claims()).isPresent();
  }

  @Test
  void changesHaveAnAllowanceOfTheirOwn() {
    Caller anna = at("192.0.2.1");
    for (int i = 0; i < 10; i++) {
      assertThat(anna.changes()).isEmpty();
    }
    assertThat(anna.changes()).isPresent();
    assertThat(anna.claims()).isEmpty();
    pass(1_000);
    assertThat(anna.changes()).isEmpty();
  }

  @Test
  void backlogComesInWholeAndTheNextOneWaits() {
    Caller anna = at("192.0.2.1");
    assertThat(anna.brings(0)).isEmpty();
    assertThat(anna.brings(49)).isEmpty();
    assertThat(anna.brings(150)).as("one is left").isEmpty();
    assertThat(anna.brings(0))
        .contains(
            new RetryAfter(
                "One address may bring at most 10 positions a second, and 50 at once:"
                    + " send them again later.",
                16));
    assertThat(anna.brings(1)).isPresent();
    assertThat(at("192.0.2.2").brings(1)).isEmpty();
    pass(14_900);
    assertThat(anna.brings(1)).as("what is refused costs nothing").isPresent();
    pass(200);
    assertThat(anna.brings(10_000)).isEmpty();
  }

  @Test
  void whatWasReadAlreadyIsCountedToo() {
    Caller anna = at("192.0.2.1");
    assertThat(anna.brought(40)).isEqualTo(Duration.ZERO);
    assertThat(anna.brought(30)).isBetween(Duration.ofMillis(2_000), Duration.ofMillis(2_200));
    assertThat(anna.brings(1)).isPresent();
    pass(2_200);
    assertThat(anna.brings(1)).isEmpty();
  }

  @Test
  void whoHasNoLimitsBringsWhatTheyLike() {
    Caller local = at("127.0.0.1");
    assertThat(local.brings(1_000_000)).isEmpty();
    assertThat(local.brought(1_000_000)).isEqualTo(Duration.ZERO);
    assertThat(local.changes()).isEmpty();
    assertThat(callers.count()).isZero();
  }

  @Test
  void connectionIsCountedUntilItIsClosedAndClosedOnce() {
    Caller anna = at("192.0.2.1");
    Runnable one = anna.enters().orElseThrow();
    Runnable two = anna.enters().orElseThrow();
    assertThat(anna.enters()).isEmpty();
    one.run();
    one.run();
    Runnable three = anna.enters().orElseThrow();
    assertThat(anna.enters()).isEmpty();
    two.run();
    three.run();
    assertThat(callers.count()).isZero();
  }

  @Test
  void fromOneWrongKeyOnEachIsToldToWaitLonger() {
    Caller anna = at("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      assertThat(anna.showsWrongKey()).isEmpty();
    }
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      pass(1_000);
      assertThat(anna.showsWrongKey().map(RetryAfter::seconds)).contains(seconds);
    }
    pass(60_001);
    assertThat(anna.showsWrongKey()).isEmpty();
  }

  @Test
  void wrongKeysAreCountedWithinAMinute() {
    Caller anna = at("192.0.2.1");
    for (int i = 0; i < 20; i++) {
      assertThat(anna.showsWrongKey()).isEmpty();
      pass(20_001);
    }
  }

  @Test
  void ofIpv6TheNetworkIsCounted() {
    assertThat(at("2001:db8:1:2::1").enters()).isPresent();
    assertThat(at("2001:db8:1:2:ffff::9").enters()).isPresent();
    assertThat(at("2001:db8:1:2::7").enters()).isEmpty();
    assertThat(at("2001:db8:1:3::1").enters()).isPresent();
  }

  @Test
  void ipv4InTheClothesOfIpv6IsIpv4() {
    assertThat(at("192.0.2.1").enters()).isPresent();
    assertThat(at("::ffff:192.0.2.1").enters()).isPresent();
    assertThat(at("::ffff:192.0.2.1").enters()).isEmpty();
    assertThat(at("::ffff:192.0.2.2").enters()).isPresent();
  }

  @Test
  void thisMachineIsExemptUnlessAProxySaysThatItCalls() {
    for (String here : new String[] {"127.0.0.1", "127.1.2.3", "::1"}) {
      for (int i = 0; i < 30; i++) {
        assertThat(at(here).enters()).isPresent();
        assertThat(at(here).opens()).isEmpty();
        assertThat(at(here).claims()).isEmpty();
        assertThat(at(here).showsWrongKey()).isEmpty();
      }
    }
    assertThat(callers.count()).isZero();
    Caller proxied = callers.of(InetAddress.getLoopbackAddress(), true);
    proxied.enters();
    proxied.enters();
    assertThat(proxied.enters()).isEmpty();
  }

  @Test
  void whoHasDoneNothingLatelyIsForgotten() {
    at("192.0.2.1").opens();
    at("192.0.2.2").claims();
    at("192.0.2.3").showsWrongKey();
    Optional<Runnable> stay = at("192.0.2.4").enters();
    callers.sweep();
    assertThat(callers.count()).isEqualTo(4);
    pass(1_000);
    callers.sweep();
    assertThat(callers.count()).isEqualTo(2);
    pass(60_000);
    callers.sweep();
    assertThat(callers.count()).isOne();
    stay.orElseThrow().run();
    assertThat(callers.count()).isZero();
  }

  @Test
  void whenThereIsNoRoomTheIdleGoAndThenNewAddressesShareOneAllowance() {
    for (int i = 0; i < RateLimits.MOST; i++) {
      at(numbered("10", i)).opens();
    }
    pass(1_001);
    for (int i = 0; i < RateLimits.MOST; i++) {
      assertThat(at(numbered("11", i)).enters()).isPresent();
    }
    assertThat(callers.count()).isEqualTo(RateLimits.MOST);
    Runnable shared = at("203.0.113.1").enters().orElseThrow();
    assertThat(at("203.0.113.2").enters()).isPresent();
    assertThat(at("203.0.113.3").enters()).isEmpty();
    assertThat(at(numbered("11", 1)).enters()).isPresent();
    shared.run();
    assertThat(at("203.0.113.3").enters()).isPresent();
    assertThat(callers.count()).isEqualTo(RateLimits.MOST + 1);
  }
}
