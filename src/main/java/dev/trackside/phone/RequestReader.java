package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.phone.Junk.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an app has sent, whichever app it is and whatever type it declares: a query, and a
 * body that is a form, or JSON objects and lists of them one after the other. What may hold a place
 * and is not understood is junk, so that nothing is dropped unsaid.
 */
final class RequestReader {
  /** Parameters that name the sender, not the place. */
  private static final List<String> SENDER = List.of("api_key", "key", "u", "d");

  private static final int MOST_VALUES = 10_000;

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
    boolean json = start < body.length && (body[start] == '{' || body[start] == '[');
    FormFields fields = fields(query);
    boolean own = FieldsDecoder.holdPlace(fields) && start < body.length;
    if (own) {
      decode(new Request(fields)); // a place beside that of the body
    }
    if (json) {
      json(own ? null : query, body, start);
    } else {
      form(own ? new FormFields() : fields, new String(body, start, body.length - start, UTF_8));
    }
  }

  private void json(@Nullable String query, byte[] body, int start) {
    int at = start;
    for (int count = 0; at < body.length; count++) {
      if (count == MOST_VALUES || (body[at] != '{' && body[at] != '[')) {
        decoded.junk(Reason.UNREADABLE, "Behind the first there must be more objects, or nothing.");
        return;
      }
      at =
          skipBlanks(
              body, body[at] == '{' ? object(query, body, at, body.length) : list(query, body, at));
    }
  }

  private int list(@Nullable String query, byte[] body, int start) {
    FormFields fields = fields(query);
    fields.all("alarm").forEach(words -> decoded.alarm(words, fields));
    Pieces.Outcome list =
        Pieces.each(body, start, body.length, (from, to) -> object(null, body, from, to));
    truncated(list.flaw());
    return list.flaw() == null ? list.end() : body.length;
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
    return skipBlanks(body, marked ? 3 : 0);
  }

  private static int skipBlanks(byte[] body, int from) {
    int at = from;
    while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
      at++;
    }
    return at;
  }

  private int object(@Nullable String query, byte[] bytes, int from, int to) {
    var request = new Request(fields(query), bytes, from, to);
    decode(request);
    truncated(request.flaw());
    return request.flaw() == null ? request.end() : to;
  }

  private void form(FormFields fields, String body) {
    if (body.indexOf('=') > 0) {
      fields.addForm(body);
    } else if (!body.isEmpty()) {
      decoded.junk(Reason.UNREADABLE, "Neither JSON nor a form.");
      if (fields.isEmpty()) {
        return;
      }
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
    if (!ElementsDecoder.isElement(request)) {
      fields.all("alarm").forEach(words -> decoded.alarm(words, fields));
      request.containers().stream()
          .filter(name -> !ElementsDecoder.reads(name))
          .forEach(name -> decoded.alarms(name, request.member(name), fields));
    }
    int before = decoded.size();
    protocol.decoder.decode(request, decoded);
    if (decoded.size() == before && request.flaw() == null && request.mayHoldPlace()) {
      decoded.junk(Reason.UNKNOWN, PlaceNames.WORDS);
    }
    if (request.hasSurplus()) {
      decoded.junk(
          Reason.UNREADABLE,
          "There may be at most " + FormFields.MOST + " values, got more, which were not read.");
    }
  }
}
