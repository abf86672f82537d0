package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.phone.Junk.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an app has sent, whichever app it is and whatever type it declares. */
final class RequestReader {
  /** Parameters that name the sender, not the place. */
  private static final List<String> SENDER = List.of("api_key", "key", "u", "d");

  private final Decoded decoded = new Decoded();

  private RequestReader() {}

  /**
   * Reads a request. Never throws.
   *
   * @param query as it is in the address
   */
  static Decoded of(@Nullable String query, byte[] body) {
    var reader = new RequestReader();
    reader.read(query, body);
    return reader.decoded;
  }

  private void read(@Nullable String query, byte[] body) {
    int start = startOf(body);
    switch (start == body.length ? 0 : body[start]) {
      case '{' -> object(query, body, start, body.length);
      case '[' ->
          truncated(
              Pieces.each(body, start, body.length, (from, to) -> object(null, body, from, to)));
      default -> form(query, new String(body, start, body.length - start, UTF_8));
    }
  }

  private void truncated(@Nullable String flaw) {
    if (flaw != null) {
      decoded.junk(Reason.UNREADABLE, "Truncated or damaged: " + flaw);
    }
  }

  /** Skips a byte order mark and blanks. */
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

  private void object(@Nullable String query, byte[] bytes, int from, int to) {
    var request = new Request(fields(query), bytes, from, to);
    decode(request);
    truncated(request.flaw());
  }

  private void form(@Nullable String query, String body) {
    FormFields fields = fields(query);
    boolean inQuery = !fields.isEmpty();
    if (body.indexOf('=') > 0) {
      fields.addForm(body);
    } else if (!body.isEmpty() && !inQuery) {
      decoded.junk(Reason.UNREADABLE, "Neither JSON nor a form.");
      return;
    }
    decode(new Request(fields));
  }

  private static FormFields fields(@Nullable String query) {
    var fields = new FormFields();
    fields.addForm(query);
    fields.remove(SENDER);
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
