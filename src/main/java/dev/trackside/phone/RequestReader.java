package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an app has sent, whatever the app, and whatever it says that it sends. */
final class RequestReader {
  /** What says who sends it, not where he is. */
  private static final List<String> ASIDE = List.of("api_key", "key", "u", "d");

  private final Decoded decoded = new Decoded();

  private RequestReader() {}

  /**
   * Reads a request. Never throws.
   *
   * @param query as it is in the address, or null
   */
  static Decoded of(@Nullable String query, byte[] body) {
    var reading = new RequestReader();
    reading.read(query == null ? "" : query, body);
    return reading.decoded;
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
    decoded.junk(Reason.UNREADABLE, "Broken off or damaged: " + flaw);
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

  private static void addPlain(FormFields fields, String name, JsonNode value) {
    if (value.isNumber() || value.isString()) {
      fields.add(name, value.asString());
    }
  }

  private void form(String query, String body) {
    FormFields fields = fields(query);
    boolean inQuery = !fields.isEmpty();
    if (body.indexOf('=') > 0) {
      fields.addForm(body);
    } else if (!body.isEmpty() && !inQuery) {
      decoded.junk(Reason.UNREADABLE, "Neither JSON nor a form.");
      return;
    }
    decode(new Request(fields, null));
  }

  private static FormFields fields(String query) {
    var fields = new FormFields();
    fields.addForm(query);
    fields.remove(ASIDE);
    return fields;
  }

  private void decode(Request request) {
    PhoneProtocol protocol = PhoneProtocol.of(request);
    decoded.in(protocol);
    FormFields fields = request.fields();
    decoded.alarm(fields.text("alarm"), fields.text("timestamp", "time", "ts", "tst"));
    protocol.decoder.decode(request, decoded);
  }
}
