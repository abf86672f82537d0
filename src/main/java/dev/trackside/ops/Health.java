package dev.trackside.ops;

import io.javalin.config.RoutesConfig;

/** The answers to "are you alive?" and "may I send you traffic?". */
public final class Health {
  private Health() {}

  public static void addTo(RoutesConfig routes) {
    routes.get("/health", context -> context.result("alive\n"));
    routes.get("/ready", context -> context.result("ready\n"));
  }
}
