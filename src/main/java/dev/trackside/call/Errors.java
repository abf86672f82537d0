package dev.trackside.call;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.caller.RetryAfter;
import dev.trackside.intake.Unavailable;
import dev.trackside.run.TooBusy;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers calls that fail: browsers with a page, programs with JSON. */
public final class Errors {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final Pattern KEY_IN_PATH = Pattern.compile("^(/+(?:(?:embed/+)?f|phone)/+)[^/]+");

  private final BiConsumer<Context, String> page;
  private final Access access;
  private final Callers callers;

  /**
   * @param page answers with a page that shows a sentence
   */
  public Errors(BiConsumer<Context, String> page, Access access, Callers callers) {
    this.page = page;
    this.access = access;
    this.callers = callers;
  }

  public void addTo(RoutesConfig routes) {
    routes.exception(Unavailable.class, (e, ctx) -> answer(ctx, unavailable(e)));
    routes.exception(TooBusy.class, (e, ctx) -> answer(ctx, unavailable(e)));
    routes.exception(UncheckedIOException.class, this::unreadable);
    routes.exception(HttpResponseException.class, this::refused);
    routes.exception(Exception.class, this::failed);
  }

  private static Problem unavailable(Exception failure) {
    return Problem.unavailable(String.valueOf(failure.getMessage()));
  }

  private void refused(HttpResponseException refusal, Context ctx) {
    boolean wrongKey = refusal instanceof Problem problem && problem.wrongKey && !hasEnded(ctx);
    Optional<RetryAfter> later = wrongKey ? callers.of(ctx).showsWrongKey() : Optional.empty();
    answer(ctx, later.<HttpResponseException>map(Problem::tooMany).orElse(refusal));
  }

  private boolean hasEnded(Context ctx) {
    Key shown = ShownKey.in(ctx);
    return shown != null && access.hasEnded(shown);
  }

  private void unreadable(UncheckedIOException failure, Context ctx) {
    LOG.warn("{} {} failed: {}", ctx.method().name(), path(ctx), failure.getMessage());
    answer(ctx, unavailable(failure));
  }

  private void failed(Exception failure, Context ctx) {
    LOG.error("{} {} failed", ctx.method().name(), path(ctx), failure);
    answer(ctx, 500, null, "The server failed. Try again.");
  }

  /** The path without the keys that it may hold. */
  private static String path(Context ctx) {
    return KEY_IN_PATH.matcher(ctx.path()).replaceFirst("$1…");
  }

  private void answer(Context ctx, HttpResponseException refusal) {
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

  private void answer(Context ctx, int status, @Nullable String code, String words) {
    if (status == 408) {
      ctx.header(Header.CONNECTION, "close");
    } else {
      Body.discard(ctx);
    }
    ctx.status(status);
    String accepted = ctx.header(Header.ACCEPT);
    if (!ctx.path().startsWith("/api/") && accepted != null && accepted.contains("text/html")) {
      page.accept(ctx, words);
      return;
    }
    var answer = Reply.object();
    String usualCode = ctx.status().getMessage().toLowerCase(Locale.ROOT).replace(' ', '_');
    answer.putObject("error").put("code", code == null ? usualCode : code).put("message", words);
    Reply.with(ctx, answer);
  }
}
