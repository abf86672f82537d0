package dev.trackside.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final InetAddress PROXY = address("10.0.0.1");
  private static final Proxies PROXIES =
      new Proxies(
          Stream.of("10.0.0.0/8", "192.0.2.128/25", "fd00::/8").map(AddressBlock::of).toList());

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private static InetAddress caller(List<String> forwardedFor, List<String> forwarded) {
    return PROXIES.caller(PROXY, forwardedFor, forwarded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7|203.0.113.7",
        "1.1.1.1, 203.0.113.7|203.0.113.7",
        "203.0.113.7, 10.9.9.9, 192.0.2.200|203.0.113.7",
        "1.1.1.1, 192.0.2.127, 10.9.9.9|192.0.2.127",
        "203.0.113.7:4711|203.0.113.7",
        "2001:db8::7|2001:db8::7",
        "[2001:db8::7]:4711, fd12::1|2001:db8::7",
        "::ffff:203.0.113.7|203.0.113.7",
        "junk, 203.0.113.7|203.0.113.7",
        "203.0.113.7, junk|10.0.0.1",
        "203.0.113.7,|10.0.0.1",
        "203.0.113.7, unknown, 10.9.9.9|10.0.0.1",
        "10.9.9.9|10.0.0.1",
        "203.0.113|10.0.0.1",
        "203.0.113.777|10.0.0.1",
        "0xcb.0.113.7|10.0.0.1",
        "3405803783|10.0.0.1",
        "localhost|10.0.0.1",
        "[203.0.113.7|10.0.0.1",
        ":|10.0.0.1",
        "''|10.0.0.1"
      })
  void lastAddressThatIsNoTrustedProxyCounts(String line, String caller) {
    assertThat(caller(List.of(line), List.of())).isEqualTo(address(caller));
  }

  @Test
  void severalLinesAreReadAsOne() {
    assertThat(caller(List.of("1.1.1.1", "203.0.113.7, 10.2.2.2"), List.of()))
        .isEqualTo(address("203.0.113.7"));
  }

  @Test
  void withoutAWordOfTheProxyItIsTheProxy() {
    assertThat(caller(List.of(), List.of())).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=203.0.113.7|203.0.113.7",
        "for=1.1.1.1, For=\"203.0.113.7:80\";proto=https;by=10.0.0.1|203.0.113.7",
        "proto=http; for=\"[2001:db8::7]:4711\", for=10.3.3.3|2001:db8::7",
        "for=1.1.1.1;by=\", for=203.0.113.7|203.0.113.7",
        "for=203.0.113.7, for=_hidden|10.0.0.1",
        "for=203.0.113.7, proto=http|10.0.0.1",
      })
  void standardsHeaderIsUnderstood(String line, String caller) {
    assertThat(caller(List.of(), List.of(line))).isEqualTo(address(caller));
  }

  @Test
  void standardsHeaderIsNotReadBesideTheUsualOne() {
    assertThat(caller(List.of("203.0.113.7"), List.of("for=1.1.1.1")))
        .isEqualTo(address("203.0.113.7"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, true",
    "11.1.2.3, 10.0.0.0/8, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.2, 192.0.2.1, false",
    "192.0.2.127, 192.0.2.128/25, false",
    "1.2.3.4, 0.0.0.0/0, true",
    "::1, 0.0.0.0/0, false",
    "::1, ::1, true",
    "2001:db8::1, 2001:db8::/32, true",
    "2001:db9::1, 2001:db8::/32, false",
  })
  void blockHoldsWhatBeginsAlike(String literal, String block, boolean holds) {
    assertThat(AddressBlock.of(block).contains(address(literal))).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "::/129", "10.0.0.0/", "10/8", "*"})
  void whatIsNoBlockIsRefused(String text) {
    assertThatThrownBy(() -> AddressBlock.of(text))
        .hasMessage("must be an address or a block such as 10.0.0.0/8, got \"" + text + "\"");
  }
}
