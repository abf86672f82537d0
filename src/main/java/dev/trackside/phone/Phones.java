package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.call.Body;
import dev.trackside.call.Callers;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.intake.Intake;
import dev.trackside.intake.NotAllowed;
import dev.trackside.intake.Source;
import dev.trackside.phone.Junk.Reason;
import dev.trackside.run.Runs;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of phone apps. An app's queue stops at the first error answer, so every request with a
 * runner's key is answered 2xx, whatever it holds, once the good part of it is durable; what an
 * address brings too fast is answered 429, and comes again. Safe for use by many threads.
 */
public final class Phones {
  private static final int CHUNK = 5_000;
  private static final int SMALL_BYTES = 16 * 1024;
  private static final String STOP = "{\"background_geolocation\":[[\"stop\"]]}";

  private record Message(byte[] body, Decoded decoded) {}

  private final Intake intake;
  private final Access access;
  private final Runs runs;
  private final Callers callers;
  private final InstantSource clock;
  private final Quarantine quarantine = new Quarantine();
  private final AlarmTimes alarmTimes = new AlarmTimes();

  /**
   * @param callers limit how much each address may bring
   */
  public Phones(Intake intake, Access access, Runs runs, Callers callers, InstantSource clock) {
    this.intake = intake;
    this.access = access;
    this.runs = runs;
    this.callers = callers;
    this.clock = clock;
    access.claims().whenRemoved(quarantine::forget);
    access.claims().whenRemoved(alarmTimes::forget);
    intake.watchClocks(this::noteClock);
  }

  public void addTo(RoutesConfig routes) {
    Handler phone = ctx -> take(ctx, PhoneProtocol.OWNTRACKS, ctx.pathParam("key"));
    routes.get("/phone/{key}", phone).post("/phone/{key}", phone).put("/phone/{key}", phone);
    routes.post(
        "/api/v1/overland/batches", ctx -> take(ctx, PhoneProtocol.OVERLAND, overlandKey(ctx)));
    routes.post("/pub", ctx -> take(ctx, PhoneProtocol.OWNTRACKS, password(ctx)));
    for (String runner : List.of("/api/runners/{id}", "/api/races/{race}/runners/{bib}")) {
      routes.get(runner + "/quarantine", this::show).head(runner + "/quarantine", this::show);
    }
  }

  /** The key in {@code api_key} of the query, else the bearer token. */
  private static @Nullable String overlandKey(Context ctx) {
    var fields = new FormFields();
    fields.addForm(ctx.queryString());
    String key = fields.text("api_key");
    return key == null ? ShownKey.bearer(ctx) : key;
  }

  /** The key as the password of Basic authentication, RFC 7617, else the bearer token. */
  private static @Nullable String password(Context ctx) {
    String credentials = ShownKey.credentials(ctx, "Basic ");
    if (credentials == null) {
      return ShownKey.bearer(ctx);
    }
    try {
      String both = new String(Base64.getDecoder().decode(credentials), UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? null : both.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void take(Context ctx, PhoneProtocol usual, @Nullable String text)
      throws InterruptedException {
    Key key = text == null || text.isEmpty() ? null : Key.of(text);
    Runner runner = runnerOf(key);
    callers.admit(ctx, 0);
    Message message = read(ctx);
    Decoded decoded = message.decoded;
    if (!runnerOf(key).equals(runner)) { // the key may end while the body arrives
      throw Problem.keyOfARunner(key);
    }
    if (isVisit(ctx, message)) {
      ctx.redirect("/run#" + text, HttpStatus.SEE_OTHER);
      return;
    }
    callers.admit(ctx, Math.max(1, decoded.fixes().size() + decoded.junkCount()));
    if (decoded.fixes().isEmpty()) {
      runs.contact(runner);
    }
    decoded.alarms().forEach(givenMs -> raise(runner, givenMs));
    PhoneProtocol protocol =
        decoded.protocol() == PhoneProtocol.UNKNOWN ? usual : decoded.protocol();
    store(runner, key, decoded, protocol.source);
    if (!decoded.newestJunk().isEmpty()) {
      quarantine.put(
          runner, clock.millis(), decoded, beginning(ctx.queryString(), message.body, text));
    }
    boolean stops = protocol == PhoneProtocol.TRACCAR_JSON && runs.of(runner).finishedMs() > 0;
    String answer = stops ? STOP : protocol.answer;
    ctx.contentType(answer.startsWith("O") ? "text/plain" : "application/json")
        .header(Header.CACHE_CONTROL, "no-store")
        .result(answer);
  }

  private void raise(Runner runner, long givenMs) {
    if (!alarmTimes.knows(runner, givenMs)) {
      long alarmMs = Decoded.momentMs(givenMs, clock.millis());
      access.claims().changeRun(runner, run -> run.asking(alarmMs));
      alarmTimes.note(runner, givenMs);
    }
  }

  /** Reads the body; one that cannot be unpacked is junk. */
  private Message read(Context ctx) throws InterruptedException {
    long length = ctx.req().getContentLengthLong();
    boolean unmeasured = length < 0 && ctx.req().getHeader("Transfer-Encoding") != null;
    if (unmeasured || length > SMALL_BYTES) {
      intake.awaitRoom();
    }
    try {
      byte[] body = Body.read(ctx, InputStream::readAllBytes);
      return new Message(body, RequestReader.of(ctx.queryString(), body));
    } catch (Problem e) {
      if (e.getStatus() != 400) {
        throw e;
      }
      var decoded = new Decoded();
      decoded.junk(Reason.UNREADABLE, String.valueOf(e.getMessage()));
      return new Message(new byte[0], decoded);
    }
  }

  private Runner runnerOf(@Nullable Key key) {
    return Optional.ofNullable(key)
        .flatMap(access.claims()::by)
        .map(Claim::runner)
        .orElseThrow(() -> Problem.keyOfARunner(key));
  }

  /** Whether a browser opens the address, for example after scanning the code. */
  private static boolean isVisit(Context ctx, Message message) {
    String accepted = ctx.header(Header.ACCEPT);
    return ctx.method().name().equals("GET")
        && message.body.length == 0
        && message.decoded.fixes().isEmpty()
        && !message.decoded.asksForHelp()
        && accepted != null
        && accepted.contains("application/xhtml+xml");
  }

  private void store(Runner runner, @Nullable Key key, Decoded decoded, Source source)
      throws InterruptedException {
    List<Fix> fixes = decoded.fixes();
    intake.turnedAway(source, decoded.junkCount());
    for (int from = 0; from < fixes.size(); from += CHUNK) {
      intake.awaitRoom();
      List<Fix> chunk = fixes.subList(from, Math.min(from + CHUNK, fixes.size()));
      try {
        for (Verdict verdict : intake.take(runner, key, chunk, source, null)) {
          if (verdict instanceof Verdict.Refused(String why)) {
            decoded.junk(Reason.REFUSED, why);
          }
        }
      } catch (NotAllowed e) { // the key may end meanwhile
        throw Problem.keyOfARunner(key);
      }
    }
  }

  /** Notes a wrong clock, by whichever way the fix comes. */
  private void noteClock(Runner runner, Source source, Fix fix, String flaw) {
    var junk = new Junk(new Junk.Kind(source.wire(), Reason.BAD_TIME), flaw);
    String text = "t %d, lat %s, lon %s".formatted(fix.tMs(), fix.latDeg(), fix.lonDeg());
    quarantine.putClock(runner, clock.millis(), junk, text);
  }

  /** How the request begins, without the key that may be in it. */
  private static String beginning(@Nullable String query, byte[] body, @Nullable String key) {
    String text = new String(body, 0, Math.min(body.length, SMALL_BYTES), UTF_8);
    String all = ((query == null ? "" : query) + " " + text).strip();
    return Quoted.plain(key == null ? all : all.replace(key, "…"), Quarantine.MOST_SHOWN);
  }

  private void show(Context ctx) {
    Runner runner = Rights.managed(ctx, access).runner();
    ObjectNode answer = Reply.object();
    quarantine.tell(runner, answer);
    Reply.secretly(ctx, answer);
  }
}
