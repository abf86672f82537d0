package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Knock;
import dev.trackside.support.RawStream;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections one address may have and open. */
class AddressLimitsTest {
  private static final int TOO_MANY = 4429;

  private static Running server(String... options) throws IOException {
    var all = new ArrayList<>(List.of("--limit-loopback", "--address-handshakes=100000"));
    all.addAll(List.of(options));
    return Running.with(all.toArray(String[]::new));
  }

  private static String from(String address) {
    return "X-Forwarded-For: " + address;
  }

  private static void assertThatNobodyIsCounted(Running server) {
    await()
        .untilAsserted(
            () -> {
              assertThat(server.gauge("addresses")).isZero();
            });
    await()
        .untilAsserted(
            () -> assertThat(server.leftovers()).startsWith("0 subscribers, 0 channels"));
  }

  @Test
  void connectionThatIsOneTooManyIsToldSoAndAPlaceThatGetsFreeIsGivenAgain() throws Exception {
    try (var server = server("--address-connections=3");
        var one = Knock.at(server).say("anna");
        var two = Knock.at(server);
        var three = RawStream.of(server, "anna/events")) {
      assertThat(List.of(one.status(), two.status())).containsOnly(101);
      assertThat(three.head().getFirst()).contains("200");
      for (int i = 0; i < 5; i++) {
        try (var fourth = Knock.at(server);
            var fifth = RawStream.of(server, "anna/events")) {
          assertThat(fourth.status()).isEqualTo(101);
          assertThat(fourth.closeCode()).isEqualTo(TOO_MANY);
          assertThat(fifth.head().getFirst()).contains("429");
          assertThat(fifth.head()).anyMatch(line -> line.startsWith("Retry-After: "));
        }
        await().until(() -> server.connections() == 3); // far more would get no answer
      }
      assertThat(server.gauge("subscribers")).isEqualTo(3);
      two.abort();
      await()
          .untilAsserted(
              () -> {
                try (var again = RawStream.of(server, "anna/events")) {
                  assertThat(again.head().getFirst()).contains("200");
                }
              });
      three.abort();
      await()
          .untilAsserted(
              () -> {
                try (var again = Knock.at(server).say("bob").say("{\"lat\":1,\"lon\":2}")) {
                  assertThat(again.next()).contains("bob");
                }
              });
    }
  }

  @Test
  void howeverAConnectionEndsItIsNotCountedAnyMore() throws Exception {
    try (var server = server("--address-connections=20")) {
      for (int i = 0; i < 30; i++) {
        Knock.andRun(server);
        try (var reset = Knock.at(server);
            var closed = Knock.at(server).say("anna");
            var foreign = Knock.at(server, "Origin: https://evil.example");
            var stream = RawStream.of(server, "anna/events");
            var resetStream = RawStream.of(server, "anna/events")) {
          assertThat(reset.status()).isEqualTo(101);
          assertThat(foreign.status()).isEqualTo(403);
          assertThat(stream.head().getFirst()).contains("200");
          closed.say("{\"lat\":1,\"lon\":2}").next();
          reset.abort();
          resetStream.abort();
        }
        await()
            .untilAsserted(() -> assertThat(server.gauge("subscribers")).isLessThanOrEqualTo(10));
      }
      assertThatNobodyIsCounted(server);
    }
  }

  @Test
  void whoOpensConnectionsTooFastIsToldToWait() throws Exception {
    try (var server = Running.with("--limit-loopback", "--address-handshakes=3")) {
      long begunNanos = System.nanoTime();
      int opened = 0;
      int refused = 0;
      for (int i = 0; i < 60; i++) {
        try (var knock = Knock.at(server)) {
          opened += knock.status() == 101 ? 1 : 0;
          if (knock.status() == 429) {
            refused++;
            assertThat(knock.head()).contains("Retry-After: 1", "application/json");
          }
        }
        try (var stream = RawStream.of(server, "anna/events")) {
          opened += stream.head().getFirst().contains("200") ? 1 : 0;
          if (stream.head().getFirst().contains("429")) {
            refused++;
            assertThat(stream.head()).contains("Retry-After: 1");
          }
        }
      }
      double seconds = (System.nanoTime() - begunNanos) / 1e9;
      assertThat(opened + refused).isEqualTo(120);
      assertThat(opened).isBetween(3, (int) (3 + 3 * seconds + 1));
      assertThat(refused).isPositive();
    }
  }

  @Test
  void thisMachineMayDoAsItLikes() throws Exception {
    try (var server = Running.with("--address-connections=1", "--address-handshakes=1");
        var one = Knock.at(server).say("anna");
        var two = Knock.at(server).say("anna");
        var three = RawStream.of(server, "anna/events")) {
      two.say("{\"lat\":1,\"lon\":2}");
      assertThat(one.next()).contains("anna");
      assertThat(three.next().data()).contains("anna");
      assertThat(server.gauge("addresses")).isZero();
    }
  }

  @Test
  void forgedAddressCountsForNothing() throws Exception {
    try (var server = server("--address-connections=3");
        var one = Knock.at(server, from("192.0.2.1"));
        var other = Knock.at(server, from("192.0.2.5"));
        var another = Knock.at(server, from("192.0.2.6"))) {
      for (Knock knock : List.of(one, other, another)) {
        assertThat(knock.status()).isEqualTo(101);
      }
      try (var two = Knock.at(server, from("192.0.2.2"));
          var three = Knock.at(server, "Forwarded: for=192.0.2.3");
          var stream = RawStream.of(server, "anna/events", from("192.0.2.4"))) {
        assertThat(two.closeCode()).isEqualTo(TOO_MANY);
        assertThat(three.closeCode()).isEqualTo(TOO_MANY);
        assertThat(stream.head().getFirst()).contains("429");
      }
      assertThat(server.gauge("addresses")).isOne();
    }
  }

  @Test
  void behindATrustedProxyEachAddressHasItsOwnAllowance() throws Exception {
    try (var server =
            Running.with(
                "--proxy=127.0.0.1,10.0.0.0/8",
                "--address-connections=1",
                "--address-handshakes=100000");
        var one = Knock.at(server, from("192.0.2.1"));
        var two = Knock.at(server, from("192.0.2.2, 10.1.2.3")).say("anna");
        var three = RawStream.of(server, "anna/events", from("2001:db8:1:2::3"))) {
      two.say("{\"lat\":1,\"lon\":2}");
      assertThat(two.next()).contains("anna");
      assertThat(three.next().data()).contains("anna");
      assertThat(one.status()).isEqualTo(101);
      for (String same : List.of("192.0.2.1", "192.0.2.9, 192.0.2.2", "2001:db8:1:2:ffff::1")) {
        try (var again = Knock.at(server, from(same))) {
          assertThat(again.closeCode()).as(same).isEqualTo(TOO_MANY);
        }
      }
      try (var proxyItself = Knock.at(server);
          var junk = Knock.at(server, from("192.0.2.77, unknown"))) {
        assertThat(proxyItself.status()).isEqualTo(101);
        assertThat(junk.closeCode()).isEqualTo(TOO_MANY);
      }
    }
  }
}
