package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The caller's address, behind proxies and without, and where links lead. */
class ProxiedCallsTest {
  private static final String PUBLIC = "{\"visibility\":\"public\"}";

  private static Answer claim(Calls calls, String... headers)
      throws IOException, InterruptedException {
    return calls.post("/api/runners", PUBLIC, headers);
  }

  private static String follow(Answer claimed) {
    assertThat(claimed.status()).as(claimed.text()).isEqualTo(201);
    return claimed.json().path("links").path("follow").asString();
  }

  @Test
  void claimsOfOneAddressAreLimited() throws Exception {
    try (var server = Running.with("--limit-loopback", "--address-claims=1");
        var calls = new Calls(server.http())) {
      long begunNanos = System.nanoTime();
      int claimed = 0;
      var refused = new ArrayList<Answer>();
      for (int i = 0; i < 60; i++) {
        Answer answer = claim(calls, "X-Forwarded-For", "192.0.2." + i);
        if (answer.status() == 201) {
          claimed++;
        } else {
          refused.add(answer);
        }
      }
      double seconds = (System.nanoTime() - begunNanos) / 1e9;
      assertThat(claimed).isBetween(5, (int) (5 + seconds + 1));
      assertThat(refused).isNotEmpty();
      for (Answer answer : refused) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("too_many_requests");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.message())
            .isEqualTo("One address may claim at most 1 runners a second, and 5 at once.");
      }
    }
  }

  @Test
  void behindAProxyEachAddressHasItsOwnClaims() throws Exception {
    try (var server = Running.with("--proxy=127.0.0.1", "--address-claims=1");
        var calls = new Calls(server.http())) {
      for (int i = 0; i < 20; i++) {
        assertThat(claim(calls, "X-Forwarded-For", "192.0.2." + i).status()).isEqualTo(201);
      }
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 60; i++) {
        statuses.add(claim(calls, "X-Forwarded-For", "127.0.0.1").status());
      }
      assertThat(statuses).contains(429);
    }
  }

  @Test
  void whatAnUntrustedCallerForwardsIsNoAddressOfTheServer() throws Exception {
    try (var server = Running.with();
        var calls = new Calls(server.http())) {
      String follow =
          follow(claim(calls, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example"));
      assertThat(follow).startsWith("http://127.0.0.1:" + server.port() + "/r/");
      assertThat(
              claim(calls, "X-Forwarded-Host", "evil.example", "Origin", "https://evil.example")
                  .status())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https, track.example, https://track.example/r/",
    "https, 'evil.example, track.example:8443', https://track.example:8443/r/",
    "HTTPS://, track.example, http://track.example/r/",
    "https, '\"><script>', https://127.0.0.1:",
    "https, 'evil.example/x', https://127.0.0.1:",
    "'http,https', '[2001:db8::1]:80', 'https://[2001:db8::1]:80/r/'"
  })
  void trustedProxySaysWhereTheServerIs(String scheme, String host, String where) throws Exception {
    try (var server = Running.with("--proxy=127.0.0.0/8");
        var calls = new Calls(server.http())) {
      Answer claimed = claim(calls, "X-Forwarded-Proto", scheme, "X-Forwarded-Host", host);
      assertThat(follow(claimed)).startsWith(where);
    }
  }

  @Test
  void pagesOfTheForwardedHostMayChangeSomething() throws Exception {
    try (var server = Running.with("--proxy=127.0.0.1");
        var calls = new Calls(server.http())) {
      String[] own = {"X-Forwarded-Host", "track.example", "Origin", "https://track.example"};
      assertThat(claim(calls, own).status()).isEqualTo(201);
      String[] foreign = {"X-Forwarded-Host", "track.example", "Origin", "https://evil.example"};
      assertThat(claim(calls, foreign).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://track.example, https://track.example",
    "https://track.example:443/, https://track.example",
    "https://club.example:8443/live/, https://club.example:8443"
  })
  void urlIsWhereLinksLeadAndItsPagesAreTheServersOwn(String url, String origin) throws Exception {
    try (var server = Running.with("--url=" + url);
        var calls = new Calls(server.http())) {
      assertThat(follow(claim(calls, "Origin", origin)))
          .startsWith(url.replaceFirst("/$", "") + "/r/");
      assertThat(claim(calls, "Origin", server.http().toString().replaceFirst("/$", "")).status())
          .isEqualTo(201);
      assertThat(claim(calls, "Origin", "https://evil.example").status()).isEqualTo(403);
    }
  }

  @Test
  void forwardedAddressMayBeInEitherHeader() throws Exception {
    try (var server = Running.with("--proxy=127.0.0.1", "--address-wrong-keys=1");
        var calls = new Calls(server.http())) {
      calls.post("/api/runners", "{\"id\":\"anna\"}");
      for (List<String> who :
          List.of(
              List.of("X-Forwarded-For", "192.0.2.1"),
              List.of("Forwarded", "for=192.0.2.2;proto=http, for=\"127.0.0.1:99\""))) {
        Answer answer =
            calls.get("/api/runners/anna", who.get(0), who.get(1), "Authorization", "Bearer wrong");
        assertThat(answer.header("Retry-After")).as(who.toString()).isEqualTo("1");
      }
    }
  }
}
