package dev.trackside.call;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.caller.RetryAfter;
import dev.trackside.intake.Unavailable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Answers what went wrong: a page for who reads pages, JSON for everybody else. */
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final Pattern KEY_IN_PATH = Pattern.compile("^(/+(?:(?:embed/+)?f|phone)/+)[^/]+");
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Answers with a page that holds some words. */
  public interface ErrorPage {
    void send(Context ctx, String words);
  }

  private final ErrorPage page;
  private final Access access;
  private final Callers callers;

  public Errors(ErrorPage page, Access access, Callers callers) {
    this.page = page;
    this.access = access;
    this.callers = callers;
  }

  /** Adds what answers exceptions. */
  public void addTo(RoutesConfig routes) {
    routes.exception(
        Unavailable.class,
        (e, ctx) -> say(Problem.unavailable(String.valueOf(e.getMessage())), ctx));
    routes.exception(UncheckedIOException.class, this::unreadable);
    routes.exception(HttpResponseException.class, this::refused);
    routes.exception(Exception.class, this::failed);
  }

  private void refused(HttpResponseException refusal, Context ctx) {
    boolean wrongKey = refusal instanceof Problem problem && problem.wrongKey && !hasEnded(ctx);
    Optional<RetryAfter> later = wrongKey ? callers.of(ctx).showsWrongKey() : Optional.empty();
    say(later.<HttpResponseException>map(Problem::tooMany).orElse(refusal), ctx);
  }

  private boolean hasEnded(Context ctx) {
    Key shown = ShownKey.in(ctx);
    return shown != null && access.hasEnded(shown);
  }

  private void say(HttpResponseException refusal, Context ctx) {
    String words =
        switch (refusal) {
          case EndpointNotFound _ -> "There is nothing at this address.";
          case MethodNotAllowedResponse e -> {
            ctx.header(Header.ALLOW, String.join(", ", e.getDetails().values()));
            yield "This address does not take " + ctx.method().name() + ".";
          }
          default -> String.valueOf(refusal.getMessage());
        };
    String code = null;
    if (refusal instanceof Problem problem) {
      code = problem.code;
      if (problem.retryAfterSeconds > 0) {
        ctx.header(Header.RETRY_AFTER, String.valueOf(problem.retryAfterSeconds));
      }
      if (problem.getStatus() == 401) {
        ctx.header(Header.WWW_AUTHENTICATE, "Bearer");
      }
    }
    answer(ctx, refusal.getStatus(), code, words);
  }

  /** The log cannot be read. */
  private void unreadable(UncheckedIOException failure, Context ctx) {
    LOG.warn("{} {} failed: {}", ctx.method().name(), shown(ctx), failure.getMessage());
    say(Problem.unavailable(String.valueOf(failure.getMessage())), ctx);
  }

  private void failed(Exception failure, Context ctx) {
    LOG.error("{} {} failed", ctx.method().name(), shown(ctx), failure);
    answer(ctx, 500, null, "The server failed. Try again.");
  }

  /** The path without the keys that it may hold. */
  private static String shown(Context ctx) {
    return KEY_IN_PATH.matcher(ctx.path()).replaceFirst("$1…");
  }

  private void answer(Context ctx, int status, @Nullable String code, String words) {
    if (status == 408) {
      ctx.header(Header.CONNECTION, "close");
    } else {
      Body.discard(ctx);
    }
    ctx.status(status);
    String accepted = ctx.header(Header.ACCEPT);
    if (!ctx.path().startsWith("/api/") && accepted != null && accepted.contains("text/html")) {
      page.send(ctx, words);
      return;
    }
    var json = MAPPER.createObjectNode();
    json.putObject("error").put("code", code == null ? usualCode(ctx) : code).put("message", words);
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(json));
  }

  private static String usualCode(Context ctx) {
    return ctx.status().getMessage().toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
