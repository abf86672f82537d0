package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an app has sent, whatever the app, and whatever it says that it sends. */
final class Reading {
  /** What says who sends it, not where he is. */
  private static final List<String> ASIDE = List.of("api_key", "key", "u", "d");

  private final Heard heard = new Heard();

  private Reading() {}

  /**
   * Reads a request. Never throws.
   *
   * @param query as it is in the address, or null
   */
  static Heard of(@Nullable String query, byte[] body) {
    var reading = new Reading();
    reading.read(query == null ? "" : query, body);
    return reading.heard;
  }

  private void read(String query, byte[] body) {
    int start = startOf(body);
    switch (start == body.length ? 0 : body[start]) {
      case '{' -> object(query, body, start, body.length);
      case '[' -> list(body, start);
      default -> form(query, new String(body, start, body.length - start, UTF_8));
    }
  }

  private void list(byte[] body, int start) {
    String flaw = Pieces.each(body, start, body.length, (from, to) -> object("", body, from, to));
    if (flaw != null) {
      broken(flaw);
    }
  }

  private void broken(String flaw) {
    heard.junk(Reason.UNREADABLE, "Broken off or damaged: " + flaw);
  }

  /** Blanks, and the mark that some put before UTF-8, count for nothing. */
  private static int startOf(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xef
            && body[1] == (byte) 0xbb
            && body[2] == (byte) 0xbf;
    int start = marked ? 3 : 0;
    while (start < body.length && body[start] >= 0 && body[start] <= ' ') {
      start++;
    }
    return start;
  }

  private void object(String query, byte[] bytes, int from, int to) {
    var json = new JsonBody(bytes, from, to - from);
    var fields = fields(query);
    json.plain().forEach((name, value) -> addPlain(fields, name, value));
    decode(new Request(fields, json));
    String flaw = json.flaw();
    if (flaw != null) {
      broken(flaw);
    }
  }

  private static void addPlain(Fields fields, String name, JsonNode value) {
    if (value.isNumber() || value.isString()) {
      fields.add(name, value.asString());
    }
  }

  private void form(String query, String body) {
    Fields fields = fields(query);
    boolean inQuery = !fields.isEmpty();
    if (body.indexOf('=') > 0) {
      fields.addForm(body);
    } else if (!body.isEmpty() && !inQuery) {
      heard.junk(Reason.UNREADABLE, "Neither JSON nor a form.");
      return;
    }
    decode(new Request(fields, null));
  }

  private static Fields fields(String query) {
    var fields = new Fields();
    fields.addForm(query);
    fields.remove(ASIDE);
    return fields;
  }

  private void decode(Request request) {
    Dialect dialect = Dialect.of(request);
    heard.in(dialect);
    Fields fields = request.fields();
    heard.alarm(fields.text("alarm"), fields.text("timestamp", "time", "ts", "tst"));
    dialect.decoder.decode(request, heard);
  }
}
