package dev.trackside.http;

import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers requests that Jetty refuses before any call, with a sentence as calls do. */
final class Refusals extends ErrorHandler {
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    UsualHeaders.addTo(response.getHeaders());
    write(response, code, words(code), callback);
  }

  private static String words(int status) {
    return switch (status) {
      case HttpStatus.BAD_REQUEST_400 -> "This is not a valid HTTP/1.1 request.";
      case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          "The address and headers of a request must have at most %d bytes together."
              .formatted(EdgeLimits.MOST_HEAD_BYTES);
      case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> "The server speaks HTTP/1.1.";
      default -> HttpStatus.getMessage(status) + ".";
    };
  }

  static void write(Response response, int status, String words, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    Content.Sink.write(
        response,
        true,
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code(status), words),
        callback);
  }

  private static String code(int status) {
    return HttpStatus.getMessage(status).toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
