package dev.trackside.ops;

import io.javalin.config.RoutesConfig;
import java.util.Optional;
import java.util.function.Supplier;

/** The liveness and readiness calls. */
public final class Health {
  private Health() {}

  /**
   * Adds the calls.
   *
   * @param trouble why the server cannot do its work, if it cannot
   */
  public static void addTo(RoutesConfig routes, Supplier<Optional<String>> trouble) {
    routes.get("/health", ctx -> ctx.result("alive\n"));
    routes.get(
        "/ready",
        ctx -> {
          Optional<String> reason = trouble.get();
          ctx.status(reason.isPresent() ? 503 : 200).result(reason.orElse("ready") + "\n");
        });
  }
}
