package dev.trackside.loadtest.race;

import dev.trackside.loadtest.wire.Http;
import dev.trackside.loadtest.wire.Http.Answer;
import dev.trackside.loadtest.wire.Http.Call;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims the runners' ids before a race, and erases them afterwards. For one thread. */
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger("loadtest");
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int UNKNOWN = 404;
  private static final int TOO_MANY = 429;
  private static final int MOST_TRIES = 30;
  private static final int AT_ONCE = 16;
  private static final Pattern KEY = Pattern.compile("\"key\"\\s*:\\s*\"([^\"]+)\"");

  private final Plan plan;
  private final Http http;
  private final URI base;

  Claims(Plan plan, Http http) {
    this.plan = plan;
    this.http = http;
    this.base = base(plan.targets().getFirst());
  }

  /** The server's HTTP address, from that of its WebSocket. */
  static URI base(URI target) {
    String scheme = target.getScheme().equals("wss") ? "https" : "http";
    return URI.create(scheme + "://" + target.getRawAuthority());
  }

  /**
   * Makes sure that the server answers.
   *
   * @throws IOException when it does not; the message says why
   */
  void checkReachable() throws IOException {
    try {
      http.send(new Call("GET", base.resolve("/health"), Map.of(), "", "")).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("no server answers: " + cause.getMessage(), e);
    }
  }

  /**
   * Makes sure that none of our ids is on the server already: its runner would be erased.
   *
   * @throws IOException when one is; the message names it
   */
  void checkUnused() throws IOException, InterruptedException {
    for (int runner = 1; runner <= plan.runners(); runner++) {
      Answer answer = ask(new Call("GET", base.resolve(path(runner)), admin(), "", ""));
      if (answer.status() != UNKNOWN) {
        throw new IOException(plan.id(runner) + " is on the server already: choose another --race");
      }
    }
  }

  /**
   * Claims every runner as public.
   *
   * @param keys gets their keys, in order
   * @throws IOException when the server refuses; the message has its answer
   */
  void claim(List<String> keys) throws IOException, InterruptedException {
    for (int runner = 1; runner <= plan.runners(); runner++) {
      String body =
          "{\"id\":\"%s\",\"name\":\"Runner %d\",\"visibility\":\"public\"}"
              .formatted(plan.id(runner), runner);
      var uri = base.resolve("/api/runners");
      Answer answer = ask(new Call("POST", uri, admin(), "application/json", body));
      Matcher key = KEY.matcher(answer.body());
      if ((answer.status() != CREATED && answer.status() != OK) || !key.find()) {
        throw new IOException(
            "the server refuses the claim of "
                + plan.id(runner)
                + ": "
                + answer.status()
                + ' '
                + answer.body());
      }
      keys.add(key.group(1));
    }
  }

  /**
   * Erases the runners, or those that were claimed.
   *
   * @param keys their keys; empty when they were not claimed
   */
  void release(List<String> keys) {
    int last = plan.claims() ? keys.size() : plan.runners();
    for (int runner = 1; runner <= last; runner += AT_ONCE) {
      var answers = new ArrayList<CompletableFuture<Answer>>();
      for (int one = runner; one < runner + AT_ONCE && one <= last; one++) {
        answers.add(http.send(erasing(one, keys)));
      }
      try {
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
      } catch (CompletionException e) {
        LOG.warn("Runners remain on the server: {}", String.valueOf(e.getCause()));
        return;
      }
    }
  }

  private Call erasing(int runner, List<String> keys) {
    Map<String, String> headers =
        keys.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + keys.get(runner - 1));
    return new Call("DELETE", base.resolve(path(runner)), headers, "", "");
  }

  private String path(int runner) {
    return plan.race().isEmpty()
        ? "/api/runners/" + plan.id(runner)
        : "/api/races/" + plan.race() + "/runners/" + runner;
  }

  private Map<String, String> admin() {
    return plan.adminKey().isEmpty()
        ? Map.of()
        : Map.of("Authorization", "Bearer " + plan.adminKey());
  }

  /** Makes a call again while the server answers that there are too many. */
  private Answer ask(Call call) throws IOException, InterruptedException {
    for (int tried = 1; ; tried++) {
      Answer answer;
      try {
        answer = http.send(call).join();
      } catch (CompletionException e) {
        throw new IOException(String.valueOf(e.getCause()), e);
      }
      if (answer.status() != TOO_MANY || tried == MOST_TRIES) {
        return answer;
      }
      Thread.sleep(1_000);
    }
  }
}
