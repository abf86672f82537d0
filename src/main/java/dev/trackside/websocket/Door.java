package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades the requests for one path to WebSocket connections (RFC 6455, section 4.2); every other
 * request passes.
 */
public final class Door extends Handler.Wrapper {
  private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";
  private static final String UPGRADING = "upgrade_required";
  private static final HttpField UPGRADE = new HttpField(HttpHeader.UPGRADE, "websocket");
  private static final HttpField CONNECTION = new HttpField(HttpHeader.CONNECTION, "Upgrade");
  private static final HttpField SUPPORTED =
      new HttpField(HttpHeader.SEC_WEBSOCKET_VERSION, VERSION);

  private final String path;
  private final ConnectionLimits limits;
  private final ScheduledExecutorService timer;
  private final BiFunction<String, @Nullable String, Optional<String>> foreign;
  private final Function<Request, Admission> reception;

  /**
   * @param timer runs the deadlines of all connections
   * @param foreign why pages of an origin may not connect to a host, as a sentence without quotes;
   *     empty when they may
   * @param reception admits clients whose handshake is valid
   */
  public Door(
      String path,
      ConnectionLimits limits,
      ScheduledExecutorService timer,
      BiFunction<String, @Nullable String, Optional<String>> foreign,
      Function<Request, Admission> reception) {
    this.path = path;
    this.limits = limits;
    this.timer = timer;
    this.foreign = foreign;
    this.reception = reception;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String asked = Request.getPathInContext(request);
    HttpFields headers = request.getHeaders();
    if (!asked.equals(path) && !asked.equals(path + "/")) {
      boolean isPlain = !headers.contains(HttpHeader.SEC_WEBSOCKET_VERSION);
      return super.handle(isPlain ? request : plain(request), response, callback);
    }
    String origin = headers.get(HttpHeader.ORIGIN);
    String key = headers.get(HttpHeader.SEC_WEBSOCKET_KEY);
    Optional<String> refusal =
        origin == null ? Optional.empty() : foreign.apply(origin, headers.get(HttpHeader.HOST));
    if (!isUpgrade(request)) {
      response.getHeaders().put(UPGRADE).put(CONNECTION);
      refuse(response, callback, 426, UPGRADING, "This is a WebSocket: ask for an upgrade.");
    } else if (!VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))) {
      response.getHeaders().put(UPGRADE).put(CONNECTION).put(SUPPORTED);
      refuse(response, callback, 426, UPGRADING, "Sec-WebSocket-Version must be 13.");
    } else if (key == null || !isKey(key)) {
      String rule = "Sec-WebSocket-Key must be 16 bytes in base64.";
      refuse(response, callback, 400, "bad_handshake", rule);
    } else if (refusal.isPresent()) {
      refuse(response, callback, 403, "foreign_origin", refusal.get());
    } else {
      receive(request, response, callback, key);
    }
    return true;
  }

  /** Without the header by which Javalin would take it for a WebSocket of its own. */
  private static Request plain(Request request) {
    HttpFields headers =
        HttpFields.build(request.getHeaders())
            .remove(HttpHeader.SEC_WEBSOCKET_VERSION)
            .asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  private static boolean isUpgrade(Request request) {
    HttpFields headers = request.getHeaders();
    return "GET".equals(request.getMethod())
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
        && headers.contains(HttpHeader.UPGRADE.asString(), "websocket")
        && headers.contains(HttpHeader.CONNECTION, "upgrade");
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuse(
      Response response, Callback callback, int status, String code, String words) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}}\n";
    Content.Sink.write(response, true, body, callback);
  }

  private void receive(Request request, Response response, Callback callback, String key) {
    switch (reception.apply(request)) {
      case Admission.Welcome welcome -> upgrade(request, response, callback, key, welcome);
      case Admission.Goodbye(int code, String reason) ->
          upgrade(request, response, callback, key, sendingAway(code, reason));
      case Admission.Later(long seconds, String words) -> {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds);
        refuse(response, callback, 429, "too_many_requests", words);
      }
    }
  }

  private static Admission.Welcome sendingAway(int code, String reason) {
    return new Admission.Welcome(
        socket -> {
          socket.close(code, reason);
          return Receiver.NOBODY;
        },
        () -> {});
  }

  private void upgrade(
      Request request,
      Response response,
      Callback callback,
      String key,
      Admission.Welcome welcome) {
    Optional<String> compression =
        Compression.answer(request.getHeaders().getValuesList(HttpHeader.SEC_WEBSOCKET_EXTENSIONS));
    var connection =
        new Connection(
            request.getConnectionMetaData().getConnection().getEndPoint(),
            request.getComponents().getExecutor(),
            limits,
            compression.isPresent(),
            timer,
            welcome);
    connection.beginWith(request);
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
    response
        .getHeaders()
        .put(UPGRADE)
        .put(CONNECTION)
        .put(HttpHeader.SEC_WEBSOCKET_ACCEPT, acceptOf(key));
    compression.ifPresent(
        answer -> response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, answer));
    response.write(true, null, callback);
  }

  private static String acceptOf(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
