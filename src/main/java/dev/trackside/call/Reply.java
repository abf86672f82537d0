package dev.trackside.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.run.HeavyWork;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls. */
public final class Reply {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern GZIP = Pattern.compile("(x-)?gzip|\\*", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT = Pattern.compile("q=0(\\.0*)?", Pattern.CASE_INSENSITIVE);

  private Reply() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static void with(Context ctx, ObjectNode answer) {
    json(ctx, MAPPER.writeValueAsBytes(answer));
  }

  /** Answers with JSON. */
  public static void json(Context ctx, byte[] json) {
    CallMemory.takeForAnswer(ctx, json.length);
    ctx.contentType("application/json").result(json);
  }

  /**
   * Answers with a text that may be long. It is made, and zipped for those who take that, where
   * heavy work is done; the text must wait for nothing.
   */
  public static void with(Context ctx, String type, HeavyWork heavy, Supplier<String> text) {
    boolean zip = mayBeZipped(ctx);
    byte[] body = heavy.begin(() -> bytes(text.get(), zip));
    CallMemory.takeForAnswer(ctx, body.length);
    if (zip) {
      ctx.header(Header.CONTENT_ENCODING, "gzip");
    }
    ctx.res().addHeader(Header.VARY, Header.ACCEPT_ENCODING);
    ctx.disableCompression().contentType(type).result(body);
  }

  private static byte[] bytes(String text, boolean zip) {
    byte[] plain = text.getBytes(UTF_8);
    if (!zip) {
      return plain;
    }
    var zipped = new ByteArrayOutputStream(plain.length / 4);
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return zipped.toByteArray();
  }

  /** Answers with what no cache may keep, such as a key. */
  public static void secretly(Context ctx, ObjectNode answer) {
    with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }

  /** Whether the client takes gzip. */
  public static boolean mayBeZipped(Context ctx) {
    String accepted = ctx.header(Header.ACCEPT_ENCODING);
    return accepted != null && Arrays.stream(accepted.split(",", -1)).anyMatch(Reply::isGzip);
  }

  private static boolean isGzip(String accepted) {
    String[] parts = accepted.split(";", 2);
    return GZIP.matcher(parts[0].strip()).matches()
        && (parts.length == 1 || !NOT.matcher(parts[1].strip()).matches());
  }

  /**
   * Tags the answer. If the client has it already, answers 304 and returns true.
   *
   * @param tag a weak ETag
   */
  public static boolean isKnown(Context ctx, String tag) {
    ctx.header(Header.CACHE_CONTROL, "no-cache").header(Header.ETAG, tag);
    String known = ctx.header(Header.IF_NONE_MATCH);
    if (known == null || !(known.strip().equals("*") || known.contains(tag.substring(2)))) {
      return false;
    }
    ctx.status(304).res().setContentType(null);
    return true;
  }
}
