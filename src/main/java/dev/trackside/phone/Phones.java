package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Shown;
import dev.trackside.call.Addressed;
import dev.trackside.call.Body;
import dev.trackside.call.Intake;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.track.Fix;
import dev.trackside.track.Quoted;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where phone apps post to. Their queues stand still behind one answer that they do not like, so
 * whoever shows a runner's key is answered 2xx, whatever he sends, when what was good in it is
 * durable. Safe for use by many threads.
 */
public final class Phones {
  private static final int CHUNK = 5_000;
  private static final int SMALL_BYTES = 16 * 1024;
  private static final long MOST_AHEAD_MS = 120_000;
  private static final String STOP = "{\"background_geolocation\":[[\"stop\"]]}";

  private record Letter(byte[] body, Heard heard) {}

  private final Intake intake;
  private final Access access;
  private final InstantSource clock;
  private final Quarantine quarantine = new Quarantine();

  public Phones(Intake intake, Access access, InstantSource clock) {
    this.intake = intake;
    this.access = access;
    this.clock = clock;
    access.whenRemoved(quarantine::forget);
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    Handler phone = ctx -> take(ctx, Dialect.OWNTRACKS, ctx.pathParam("key"));
    routes.get("/phone/{key}", phone).post("/phone/{key}", phone).put("/phone/{key}", phone);
    routes.post(
        "/api/v1/overland/batches", ctx -> take(ctx, Dialect.OVERLAND, ShownKey.forOverland(ctx)));
    routes.post("/pub", ctx -> take(ctx, Dialect.OWNTRACKS, ShownKey.asPassword(ctx)));
    for (String runner : List.of("/api/runners/{id}", "/api/races/{race}/runners/{bib}")) {
      routes.get(runner + "/quarantine", this::show).head(runner + "/quarantine", this::show);
    }
  }

  private void take(Context ctx, Dialect usual, @Nullable String text) throws InterruptedException {
    Key key = text == null || text.isEmpty() ? null : Key.of(text);
    Runner runner = runnerOf(key);
    Letter letter = read(ctx);
    Heard heard = letter.heard;
    if (!runnerOf(key).equals(runner)) { // the body may have taken its time
      throw Problem.keyOfARunner(key);
    }
    if (isVisit(ctx, letter)) {
      ctx.redirect("/run#" + text, HttpStatus.SEE_OTHER);
      return;
    }
    if (heard.fixes().isEmpty()) {
      access.contact(runner);
    }
    if (heard.asksForHelp()) {
      access.change(runner, claim -> claim.asking(heard.alarmMs(clock.millis())));
    }
    store(runner, heard);
    if (!heard.newestJunk().isEmpty()) {
      quarantine.put(
          runner, clock.millis(), heard, beginning(ctx.queryString(), letter.body, text));
    }
    Dialect dialect = heard.dialect() == Dialect.UNKNOWN ? usual : heard.dialect();
    answer(ctx, dialect, access.finishedMs(runner) > 0);
  }

  /** A body that cannot be unpacked is junk like any other. */
  private Letter read(Context ctx) throws InterruptedException {
    long length = ctx.req().getContentLengthLong();
    boolean unmeasured = length < 0 && ctx.req().getHeader("Transfer-Encoding") != null;
    if (unmeasured || length > SMALL_BYTES) {
      intake.awaitRoom();
    }
    try {
      byte[] body = Body.read(ctx, InputStream::readAllBytes);
      return new Letter(body, Reading.of(ctx.queryString(), body));
    } catch (Problem e) {
      if (e.getStatus() != 400) {
        throw e;
      }
      var heard = new Heard();
      heard.junk(Reason.UNREADABLE, String.valueOf(e.getMessage()));
      return new Letter(new byte[0], heard);
    }
  }

  private Runner runnerOf(@Nullable Key key) {
    return Optional.ofNullable(key)
        .flatMap(access::claimBy)
        .map(Claim::runner)
        .orElseThrow(() -> Problem.keyOfARunner(key));
  }

  /** Whether somebody has opened the address in a browser, as scanning the code does. */
  private static boolean isVisit(Context ctx, Letter letter) {
    String accepted = ctx.header(Header.ACCEPT);
    return ctx.method().name().equals("GET")
        && letter.body.length == 0
        && letter.heard.fixes().isEmpty()
        && !letter.heard.asksForHelp()
        && accepted != null
        && accepted.contains("application/xhtml+xml");
  }

  private void store(Runner runner, Heard heard) throws InterruptedException {
    List<Fix> fixes = heard.fixes();
    long latestMs = fixes.stream().mapToLong(Fix::tMs).max().orElse(Fix.NO_TIME);
    long aheadMs = Math.max(0, latestMs) - clock.millis();
    if (aheadMs > MOST_AHEAD_MS) {
      heard.junk(
          Reason.BAD_TIME,
          "The phone's clock is %d s ahead: what it sends gets the time at which it arrives."
              .formatted(aheadMs / 1_000));
    }
    for (int from = 0; from < fixes.size(); from += CHUNK) {
      intake.awaitRoom();
      for (Verdict verdict :
          intake.take(runner, fixes.subList(from, Math.min(from + CHUNK, fixes.size())))) {
        if (verdict instanceof Verdict.Refused(String why)) {
          heard.junk(Reason.REFUSED, why);
        }
      }
    }
  }

  /** How it begins, without the key that may be in it. */
  private static String beginning(@Nullable String query, byte[] body, @Nullable String key) {
    String text = new String(body, 0, Math.min(body.length, SMALL_BYTES), UTF_8);
    String all = ((query == null ? "" : query) + " " + text).strip();
    String shown = key == null ? all : all.replace(key, "…");
    return Quoted.plain(shown, Quarantine.MOST_SHOWN);
  }

  private static void answer(Context ctx, Dialect dialect, boolean over) {
    String words = over && dialect == Dialect.TRACCAR_JSON ? STOP : dialect.answer;
    ctx.contentType(words.startsWith("O") ? "text/plain" : "application/json")
        .header(Header.CACHE_CONTROL, "no-store")
        .result(words);
  }

  private void show(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Rights.check(access.toManage(runner, Shown.in(ctx)), runner);
    if (access.claimOf(runner).isEmpty()) {
      throw Problem.unclaimed(runner);
    }
    ObjectNode answer = Reply.object();
    quarantine.tell(runner, answer);
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }
}
