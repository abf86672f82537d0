package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Running;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of every answer, whichever part of the server gives it. */
final class UsualHeadersTest {
  private static Running server;

  @BeforeAll
  static void open() throws IOException {
    server = Running.with();
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  private static String headOfAnswerTo(String request) throws IOException {
    try (var caller = new RawCaller(server.port())) {
      caller.say(request);
      return caller.head();
    }
  }

  static Stream<String> everyRoute() {
    return server.routes().stream()
        .filter(route -> route.matches("[A-Z]+ .*"))
        .map(route -> route.replaceAll("\\{[a-z]+\\}", "some"))
        .map(route -> RawCaller.request(route + " HTTP/1.1", "Content-Length: 0", "Cookie: key=x"));
  }

  static Stream<String> others() {
    return Stream.of(
        RawCaller.request("GET / HTTP/1.1"),
        RawCaller.request("GET /r/not.a.name HTTP/1.1", "Accept: text/html"),
        RawCaller.request("GET /assets/0/shared/page.css HTTP/1.1"),
        RawCaller.request("GET /assets/0/shared/nothing.css HTTP/1.1"),
        RawCaller.request("GET /nowhere HTTP/1.1"),
        RawCaller.request("GET /api/nothing HTTP/1.1"),
        RawCaller.request("OPTIONS /api/runners HTTP/1.1"),
        RawCaller.request("TRACE /api/runners HTTP/1.1"),
        RawCaller.request("BREW /api/runners HTTP/1.1"),
        RawCaller.request("GET /ws HTTP/1.1"),
        RawCaller.request("GET /ws HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"),
        RawCaller.request(
            "GET /ws HTTP/1.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Origin: https://elsewhere.example",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
        RawCaller.request("GET /health HTTP/1.1", "Sec-WebSocket-Version: 13"),
        RawCaller.request("GET /%00 HTTP/1.1"),
        RawCaller.request("GET /api/%2e%2e/x HTTP/1.1"),
        "GET / HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource({"everyRoute", "others"})
  void everyAnswerHasThemAndNoneSaysWhoServesOrSetsACookie(String request) throws IOException {
    String head = headOfAnswerTo(request);
    boolean embedded = request.contains(" /embed/r");
    assertThat(head.contains("\r\nX-Frame-Options: DENY\r\n")).isNotEqualTo(embedded);
    assertThat(head)
        .contains(
            "\r\nX-Content-Type-Options: nosniff\r\n",
            "\r\nReferrer-Policy: no-referrer\r\n",
            "\r\nCross-Origin-Opener-Policy: same-origin\r\n",
            "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
            "\r\nContent-Security-Policy: default-src 'none';",
            "frame-ancestors '" + (embedded ? "self" : "none") + "'",
            "\r\nPermissions-Policy: ",
            "geolocation=(self)",
            "screen-wake-lock=(self)",
            "camera=()")
        .doesNotContainIgnoringCase("\r\nServer:")
        .doesNotContainIgnoringCase("\r\nX-Powered-By:")
        .doesNotContainIgnoringCase("\r\nSet-Cookie:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie: key=KEY",
        "Cookie: Authorization=Bearer KEY",
        "Cookie: admin-key=KEY",
        "Cookie: JSESSIONID=KEY"
      })
  void keyInACookieOpensNothing(String cookie) throws IOException {
    String key = "the-admin-key-of-this-test";
    try (var locked = Running.with("--admin-key=" + key);
        var caller = new RawCaller(locked.port())) {
      caller.say(
          RawCaller.request(
                  "POST /api/runners HTTP/1.1", "Content-Length: 20", cookie.replace("KEY", key))
              + "{\"id\":\"berlin/1042\"}");
      assertThat(caller.head()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void pageMayUseAWebSocketToItsOwnHostAndNoOther() throws IOException {
    assertThat(headOfAnswerTo("GET / HTTP/1.1\r\nHost: run.example:8443\r\n\r\n"))
        .contains("connect-src 'self' ws://run.example:8443 wss://run.example:8443;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a; script-src *",
        "a,b",
        "*",
        "a *",
        "'unsafe-inline'",
        "a:8080:9",
        "a/b",
        "[::1]x",
        "user@a"
      })
  void hostThatWouldSayMoreThanItselfIsLeftOut(String host) throws IOException {
    assertThat(headOfAnswerTo("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .doesNotContain("ws:")
        .doesNotContain("script-src *", "'unsafe-inline'");
  }
}
