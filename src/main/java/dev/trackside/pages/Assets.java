package dev.trackside.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.call.Reply;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Serves the files of a directory on the class path and of its folders, with ETags. */
final class Assets implements Handler {
  private static final String CHECK_EVERY_TIME = "no-cache";
  private static final String KEEP = "public, max-age=31536000, immutable";
  private static final Pattern FOLDER = Pattern.compile("[a-z]+");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.(css|js|png|svg)");
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "png", "image/png",
          "svg", "image/svg+xml");

  private record Asset(String type, String tag, byte[] plain, byte[] zipped) {}

  private final String directory;
  private final String version;
  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  /**
   * @param version the version of all files. A browser keeps files of this version for ever, and
   *     checks those of any other version, which are the same, each time.
   */
  Assets(String directory, String version) {
    this.directory = directory;
    this.version = version;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    Map<String, String> path = ctx.pathParamMap();
    Asset asset = asset(path.get("folder"), ctx.pathParam("file"));
    boolean isCurrent = path.getOrDefault("version", version).equals(version);
    String caching = isCurrent ? KEEP : CHECK_EVERY_TIME;
    ctx.header(Header.CACHE_CONTROL, caching).header(Header.ETAG, asset.tag);
    ctx.header(Header.VARY, Header.ACCEPT_ENCODING).disableCompression();
    if (asset.tag.equals(ctx.header(Header.IF_NONE_MATCH))) {
      ctx.status(304);
      return;
    }
    ctx.contentType(asset.type);
    if (Reply.mayBeZipped(ctx)) {
      ctx.header(Header.CONTENT_ENCODING, "gzip").result(asset.zipped);
    } else {
      ctx.result(asset.plain);
    }
  }

  private Asset asset(@Nullable String folder, String file) throws IOException {
    var matcher = NAME.matcher(file);
    if (!matcher.matches() || (folder != null && !FOLDER.matcher(folder).matches())) {
      throw new NotFoundResponse("There is no file of this name.");
    }
    String name = folder == null ? file : folder + "/" + file;
    Asset known = assets.get(name);
    if (known == null) {
      try {
        known = asset(read(directory + name), TYPES.getOrDefault(matcher.group(1), ""));
      } catch (FileNotFoundException e) {
        throw new NotFoundResponse("There is no file of this name.");
      }
      assets.put(name, known);
    }
    return known;
  }

  private static Asset asset(byte[] bytes, String type) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var zip = new Zip(zipped)) {
      zip.write(bytes);
    }
    return new Asset(type, '"' + digest(bytes) + '"', bytes, zipped.toByteArray());
  }

  /** Compresses best, since each file is compressed once. */
  private static final class Zip extends GZIPOutputStream {
    Zip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes), 0, 8);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String text(String path) throws IOException {
    return new String(read(path), UTF_8);
  }

  /**
   * @throws FileNotFoundException when the class path has no such file
   */
  static byte[] read(String path) throws IOException {
    try (var in = Assets.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException(path);
      }
      return in.readAllBytes();
    }
  }
}
