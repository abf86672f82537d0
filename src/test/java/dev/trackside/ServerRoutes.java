package dev.trackside;

import java.util.Set;
import java.util.stream.Collectors;

/** What a server answers over HTTP: {@code GET /health}, and so on. */
public final class ServerRoutes {
  private ServerRoutes() {}

  public static Set<String> of(Server server) {
    return server.javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .map(route -> route.method + " " + route.path)
        .collect(Collectors.toSet());
  }
}
