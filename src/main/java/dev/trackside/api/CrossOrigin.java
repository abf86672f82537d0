package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.caller.Origins;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides what pages of other sites may do: those on the list may make every call and read the
 * answer (CORS, as in the Fetch standard), all others may change nothing. No answer depends on a
 * cookie.
 */
final class CrossOrigin {
  private static final Set<HandlerType> LOOKING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS, HandlerType.TRACE);
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  private static final String HEADERS =
      "Authorization, Content-Type, Content-Encoding, Idempotency-Key, Last-Event-ID";
  private static final String EXPOSED = "ETag, Retry-After";
  private static final String KEPT_SECONDS = "600";

  /** Calls of phone apps, which need a key in any case; some apps send a wrong origin. */
  private static final Pattern FOR_APPS = Pattern.compile("/phone/|/pub/*$|/api/v1/overland/");

  private final Origins origins;

  CrossOrigin(Origins origins) {
    this.origins = origins;
  }

  /**
   * Runs before every call.
   *
   * @throws Problem when a page may not change anything, and tries
   */
  void check(Context ctx) {
    String origin = ctx.header(Header.ORIGIN);
    if (!LOOKING.contains(ctx.method())
        && !FOR_APPS.matcher(ctx.path()).lookingAt()
        && origin != null) {
      Optional<String> refusal =
          origins.refusal(origin, ctx.header(Header.HOST), "change anything");
      if (refusal.isPresent()) {
        throw Problem.foreignOrigin(refusal.get());
      }
    }
  }

  /** Runs before every call that pages of listed sites may make. */
  void open(Context ctx) {
    if (!origins.allowed().isEmpty()) {
      ctx.res().addHeader(Header.VARY, Header.ORIGIN);
    }
    String origin = ctx.header(Header.ORIGIN);
    if (origin == null || !origins.isListed(origin)) {
      return;
    }
    ctx.header(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .header(Header.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
        .header("Cross-Origin-Resource-Policy", "cross-origin");
    if (ctx.method().equals(HandlerType.OPTIONS)
        && ctx.header(Header.ACCESS_CONTROL_REQUEST_METHOD) != null) {
      ctx.header(Header.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .header(Header.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
          .header(Header.ACCESS_CONTROL_MAX_AGE, KEPT_SECONDS)
          .status(204)
          .skipRemainingHandlers();
    }
  }
}
