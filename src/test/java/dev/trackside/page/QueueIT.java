package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.trackside.support.Chromium;
import dev.trackside.support.Running;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue of fixes that the runner's page keeps, in a browser's own database. */
final class QueueIT {
  private static final String OPEN =
      """
      async (most) => {
        const { openQueue } = await import("/assets/0/run/queue.js");
        window.said = { unkept: 0, dropped: 0 };
        window.queue = await openQueue({
          unkept: () => said.unkept++,
          dropped: () => said.dropped++,
          most,
        });
        window.fix = (id, t) => ({ id, t, lat: 52, lon: 13 });
        window.kept = async (id) => (await queue.oldest(id, 100)).map(({ t }) => t);
      }
      """;

  private static Running server;
  private static Chromium chromium;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    server = Running.with();
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() throws IOException {
    chromium.close();
    server.close();
  }

  @BeforeEach
  void open() {
    page = chromium.somebody("en-GB", 360, 740).newPage();
    open(5);
  }

  private void open(int most) {
    page.navigate(server.http().toString());
    page.evaluate(OPEN, most);
  }

  private Object evaluate(String expression) {
    return page.evaluate("async () => { " + expression + " }");
  }

  private void add(String id, int... moments) {
    for (int t : moments) {
      evaluate("await queue.add(fix('%s', %d))".formatted(id, t));
    }
  }

  private Object kept(String id) {
    return page.evaluate("id => kept(id)", id);
  }

  @Test
  void fixesOfARunnerAreThereAfterAReloadInTheirOrder() {
    add("anna", 1, 2);
    add("ben", 7);
    add("anna", 3);
    open(5);
    assertThat(kept("anna")).isEqualTo(List.of(1, 2, 3));
    assertThat(evaluate("return (await queue.newest('anna')).t")).isEqualTo(3);
    assertThat(evaluate("return [queue.count('anna'), queue.count('ben'), queue.count('cleo')]"))
        .isEqualTo(List.of(3, 1, 0));
    assertThat(evaluate("return queue.ids().sort()")).isEqualTo(List.of("anna", "ben"));
  }

  @Test
  void whatIsSettledIsGoneAndCountsOnce() {
    add("anna", 1, 2);
    evaluate("const [one] = await queue.oldest('anna', 1); await queue.settle([one.ref, one.ref])");
    assertThat(evaluate("return queue.count('anna')")).isEqualTo(1);
    open(5);
    assertThat(kept("anna")).isEqualTo(List.of(2));
  }

  @Test
  void sameFixTwiceInARowIsKeptOnce() {
    add("anna", 1, 1, 2, 1);
    assertThat(kept("anna")).isEqualTo(List.of(1, 2, 1));
  }

  @Test
  void oldestGoesWhenThereAreTooMany() {
    add("anna", 1, 2, 3, 4, 5, 6, 7);
    assertThat(kept("anna")).isEqualTo(List.of(3, 4, 5, 6, 7));
    assertThat(evaluate("return [said.dropped, said.unkept, queue.count('anna')]"))
        .isEqualTo(List.of(2, 0, 5));
  }

  @Test
  void whatTheBrowserHasNoRoomForWaitsInMemory() {
    add("anna", 1);
    evaluate(
        "IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }");
    add("anna", 2, 3);
    assertThat(kept("anna")).isEqualTo(List.of(1, 2, 3));
    assertThat(evaluate("return (await queue.newest('anna')).t")).isEqualTo(3);
    assertThat(evaluate("return said.unkept")).isEqualTo(2);
    evaluate("await queue.settle((await queue.oldest('anna', 9)).map(({ ref }) => ref))");
    assertThat(evaluate("return queue.count('anna')")).isEqualTo(0);
    assertThat(kept("anna")).isEqualTo(List.of());
  }

  @Test
  void forgettingARunnerLeavesTheOthers() {
    add("anna", 1, 2);
    add("ben", 7);
    evaluate("await queue.forget('anna')");
    open(5);
    assertThat(kept("anna")).isEqualTo(List.of());
    assertThat(kept("ben")).isEqualTo(List.of(7));
  }
}
