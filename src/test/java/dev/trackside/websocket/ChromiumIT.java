package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  private final EchoServer server = new EchoServer(Terms.TICKING);
  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(Path.of("/usr/bin/chromium"))
                  .setArgs(
                      List.of(
                          "--headless",
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));
  private final Page page = browser.newPage();

  @BeforeAll
  void visitAPage() {
    page.navigate("http://127.0.0.1:" + server.port() + "/");
  }

  @AfterAll
  void close() {
    playwright.close();
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
    Page foreign = browser.newPage();
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
