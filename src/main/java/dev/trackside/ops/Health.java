package dev.trackside.ops;

import io.javalin.config.RoutesConfig;
import java.util.Optional;
import java.util.function.Supplier;

/** The answers to "are you alive?" and "may I send you traffic?". */
public final class Health {
  private Health() {}

  /**
   * Adds both questions to the routes.
   *
   * @param trouble why the server cannot do its work at present, if it cannot
   */
  public static void addTo(RoutesConfig routes, Supplier<Optional<String>> trouble) {
    routes.get("/health", context -> context.result("alive\n"));
    routes.get(
        "/ready",
        context -> {
          Optional<String> reason = trouble.get();
          context.status(reason.isPresent() ? 503 : 200);
          context.result(reason.orElse("ready") + "\n");
        });
  }
}
