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
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
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
  private static final String BASIC = "Basic ";
  private static final String STOP = "{\"background_geolocation\":[[\"stop\"]]}";
  private static final Pattern KEY_IN_QUERY = Pattern.compile("(?i)(^|&)(api_)?key=[^&]*");

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
    everyMethod(routes, "/phone/{key}", Dialect.OWNTRACKS, ctx -> ctx.pathParam("key"));
    everyMethod(routes, "/api/v1/overland/batches", Dialect.OVERLAND, Phones::apiKey);
    everyMethod(routes, "/pub", Dialect.OWNTRACKS, Phones::password);
    routes.get("/api/runners/{id}/quarantine", this::show);
    routes.get("/api/races/{race}/runners/{bib}/quarantine", this::show);
  }

  private void everyMethod(
      RoutesConfig routes, String path, Dialect usual, Function<Context, @Nullable String> key) {
    Handler handler = ctx -> take(ctx, usual, key.apply(ctx));
    routes.get(path, handler).post(path, handler).put(path, handler);
  }

  private static @Nullable String apiKey(Context ctx) {
    String query = ctx.queryString();
    var fields = new Fields();
    fields.addForm(query == null ? "" : query);
    String key = fields.text("api_key");
    return key == null ? bearer(ctx) : key;
  }

  private static @Nullable String bearer(Context ctx) {
    String header = ctx.header(Header.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip()
        : null;
  }

  private static @Nullable String password(Context ctx) {
    String header = ctx.header(Header.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return bearer(ctx);
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String both = new String(decoded, UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? null : both.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void take(Context ctx, Dialect usual, @Nullable String key) throws InterruptedException {
    Runner runner = runnerOf(key);
    long length = ctx.req().getContentLengthLong();
    if (length < 0 ? ctx.req().getHeader("Transfer-Encoding") != null : length > SMALL_BYTES) {
      intake.awaitRoom();
    }
    byte[] body;
    Heard heard;
    try {
      body = Body.read(ctx, InputStream::readAllBytes);
      heard = Reading.of(ctx.queryString(), body);
    } catch (Problem e) {
      if (e.getStatus() != 400) {
        throw e;
      }
      body = new byte[0];
      heard = new Heard();
      heard.junk(Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
    if (!runnerOf(key).equals(runner)) { // the body may have taken its time
      throw Problem.phoneKey();
    }
    if (isVisit(ctx, body, heard)) {
      ctx.redirect("/run#" + key, HttpStatus.SEE_OTHER);
      return;
    }
    access.contact(runner);
    if (heard.asksForHelp()) {
      access.change(runner, claim -> claim.asking(clock.millis()));
    }
    store(runner, heard);
    if (!heard.allJunk().isEmpty()) {
      quarantine.put(runner, clock.millis(), heard.allJunk(), beginning(ctx.queryString(), body));
    }
    answer(
        ctx,
        heard.dialect() == Dialect.UNKNOWN ? usual : heard.dialect(),
        access.finishedMs(runner) > 0);
  }

  private Runner runnerOf(@Nullable String key) {
    if (key == null || key.isEmpty()) {
      throw Problem.phoneKeyMissing();
    }
    return access.claimBy(Key.of(key)).map(Claim::runner).orElseThrow(Problem::phoneKey);
  }

  /** Whether somebody has opened the address in a browser, as scanning the code does. */
  private static boolean isVisit(Context ctx, byte[] body, Heard heard) {
    String accepted = ctx.header(Header.ACCEPT);
    return ctx.method().name().equals("GET")
        && body.length == 0
        && heard.fixes().isEmpty()
        && accepted != null
        && accepted.contains("text/html");
  }

  private void store(Runner runner, Heard heard) throws InterruptedException {
    List<Fix> fixes = heard.fixes();
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

  private static String beginning(@Nullable String query, byte[] body) {
    String shown = query == null ? "" : KEY_IN_QUERY.matcher(query).replaceAll("$1");
    int most = Math.min(body.length, Quarantine.MOST_SHOWN);
    String text = new String(body, 0, most, UTF_8);
    return Quoted.plain((shown + (shown.isEmpty() ? "" : " ") + text), Quarantine.MOST_SHOWN);
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
    Quarantine.Cell cell = quarantine.of(runner);
    ObjectNode answer = Reply.object();
    var counts = answer.putArray("counts");
    cell.counts()
        .forEach(
            (what, count) ->
                counts
                    .addObject()
                    .put("dialect", what.dialect().wire)
                    .put("reason", what.reason().wire())
                    .put("count", count));
    var newest = answer.putArray("newest");
    for (Quarantine.Entry entry : cell.newest()) {
      newest
          .addObject()
          .put("t", entry.tMs())
          .put("dialect", entry.junk().dialect().wire)
          .put("reason", entry.junk().reason().wire())
          .put("message", entry.junk().words())
          .put("request", entry.request());
    }
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }
}
