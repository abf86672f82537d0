package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.trackside.support.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The WebSocket of a real browser. */
@TestInstance(Lifecycle.PER_CLASS)
class ChromiumIT {
  private static final String OPEN =
      """
      uri => new Promise((resolve, reject) => {
        window.socket = new WebSocket(uri)
        window.texts = []
        window.ended = new Promise(end => socket.onclose =
            e => end(`${e.code} ${e.reason} ${e.wasClean ? 'clean' : 'unclean'}`))
        socket.onmessage = e => texts.push(e.data)
        socket.onerror = () => reject(new Error('the connection failed'))
        socket.onopen = () => resolve()
      })
      """;

  private final EchoServer server = new EchoServer(TestLimits.TICKING);
  private final Chromium chromium = new Chromium();
  private final Page page = chromium.page("http://127.0.0.1:" + server.port() + "/", 800, 600);

  @AfterAll
  void close() {
    chromium.close();
    server.close();
  }

  @Test
  void textComesBack() {
    page.evaluate(OPEN, server.uri().toString());
    page.evaluate("texts => texts.forEach(text => socket.send(text))", Samples.TEXTS);
    page.waitForFunction("texts.length == " + Samples.TEXTS.size());

    assertThat(page.evaluate("texts")).isEqualTo(Samples.TEXTS);
  }

  @Test
  void browserSaysGoodbye() {
    page.evaluate(OPEN, server.uri().toString());
    page.evaluate("socket.close(4000, 'so long')");

    assertThat(page.evaluate("ended")).isEqualTo("4000  clean");
  }

  @Test
  void browserSaysGoodbyeWithoutACode() {
    page.evaluate(OPEN, server.uri().toString());
    page.evaluate("socket.close()");

    assertThat(page.evaluate("ended")).isEqualTo("1005  clean");
  }

  @Test
  void serverSaysGoodbye() {
    page.evaluate(OPEN, server.uri().toString());
    page.evaluate("text => socket.send(text)", Recorder.CLOSE_AND_SUSPEND);

    assertThat(page.evaluate("ended")).isEqualTo("1001 enough clean");
  }

  @Test
  void binaryIsRefused() {
    page.evaluate(OPEN, server.uri().toString());
    page.evaluate("socket.send(new Uint8Array([1, 2, 3]))");

    assertThat(page.evaluate("ended")).isEqualTo("1003 send text, not binary clean");
  }

  @Test
  void longMessageIsRefused() {
    page.evaluate(OPEN, server.uri().toString());
    page.evaluate("socket.send('x'.repeat(100_000))");

    assertThat(page.evaluate("ended")).isEqualTo("1009 a message has at most 4096 bytes clean");
  }

  @Test
  void pageOfAForeignOriginIsRefused() {
    Page foreign = chromium.page("about:blank", 800, 600);
    foreign.navigate("data:text/html,elsewhere");

    assertThat(
            foreign.evaluate(
                """
                uri => new Promise(resolve => {
                  const socket = new WebSocket(uri)
                  socket.onopen = () => resolve('open')
                  socket.onclose = e => resolve(e.code)
                })
                """,
                server.uri().toString()))
        .isEqualTo(1006);
  }
}
