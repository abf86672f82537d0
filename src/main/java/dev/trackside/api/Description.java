package dev.trackside.api;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The HTTP calls for programs that read OpenAPI. Kept by hand; a test holds it to the routes. */
final class Description {
  private final String json;

  Description() {
    try {
      json = Assets.text("/openapi.json");
    } catch (IOException e) {
      throw new UncheckedIOException("The description is not in the jar.", e);
    }
  }

  void send(Context ctx) {
    ctx.header(Header.CACHE_CONTROL, "no-cache").contentType("application/json").result(json);
  }
}
