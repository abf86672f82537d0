package dev.trackside.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The HTTP calls for programs that read OpenAPI. Kept by hand; a test holds it to the routes. */
final class Description {
  private final String json;

  Description() {
    try {
      json = text();
    } catch (IOException e) {
      throw new UncheckedIOException("The description is not in the jar.", e);
    }
  }

  private static String text() throws IOException {
    try (var in = Description.class.getResourceAsStream("/openapi.json")) {
      if (in == null) {
        throw new FileNotFoundException("/openapi.json");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  void send(Context ctx) {
    ctx.header(Header.CACHE_CONTROL, "no-cache").contentType("application/json").result(json);
  }
}
