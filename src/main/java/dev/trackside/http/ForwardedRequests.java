package dev.trackside.http;

import dev.trackside.caller.Caller;
import dev.trackside.caller.Proxies;
import dev.trackside.caller.RateLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Notes the caller on each request. A request through a trusted proxy gets the address, scheme and
 * host of the original one; forwarding headers from anyone else are ignored.
 */
public final class ForwardedRequests implements HttpConfiguration.Customizer {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(:\\d{1,5})?");
  private static final Pattern SCHEME = Pattern.compile("https?");

  /** The address of a client that has left already. */
  private static final InetAddress GONE = InetAddress.ofLiteral("0.0.0.0");

  private final Proxies proxies;
  private final RateLimits callers;

  public ForwardedRequests(Proxies proxies, RateLimits callers) {
    this.proxies = proxies;
    this.callers = callers;
  }

  private static InetAddress peer(Request request) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress address ? address.getAddress() : GONE;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    InetAddress peer = peer(request);
    if (!proxies.trust(peer)) {
      request.setAttribute(Caller.ATTRIBUTE, callers.of(peer, false));
      return request;
    }
    HttpFields headers = request.getHeaders();
    InetAddress caller =
        proxies.caller(
            peer,
            headers.getValuesList(HttpHeader.X_FORWARDED_FOR),
            headers.getValuesList(HttpHeader.FORWARDED));
    request.setAttribute(Caller.ATTRIBUTE, callers.of(caller, true));
    return proxied(
        request,
        new InetSocketAddress(caller, Request.getRemotePort(request)),
        last(headers.getValuesList(HttpHeader.X_FORWARDED_PROTO), SCHEME),
        last(headers.getValuesList(HttpHeader.X_FORWARDED_HOST), HOST));
  }

  /** What the nearest proxy says, if it is valid. */
  private static @Nullable String last(List<String> lines, Pattern rule) {
    if (lines.isEmpty()) {
      return null;
    }
    String line = lines.getLast();
    String value = line.substring(line.lastIndexOf(',') + 1).strip();
    return rule.matcher(value).matches() ? value : null;
  }

  private static Request proxied(
      Request request, SocketAddress caller, @Nullable String scheme, @Nullable String host) {
    var connection =
        new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
          @Override
          public SocketAddress getRemoteSocketAddress() {
            return caller;
          }
        };
    HttpURI.Mutable uri = HttpURI.build(request.getHttpURI());
    if (scheme != null) {
      uri.scheme(scheme);
    }
    if (host != null) {
      uri.authority(host);
    }
    HttpURI seenUri = uri.asImmutable();
    HttpFields headers =
        host == null
            ? request.getHeaders()
            : HttpFields.build(request.getHeaders()).put(HttpHeader.HOST, host).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public ConnectionMetaData getConnectionMetaData() {
        return connection;
      }

      @Override
      public HttpFields getHeaders() {
        return headers;
      }

      @Override
      public HttpURI getHttpURI() {
        return seenUri;
      }

      @Override
      public boolean isSecure() {
        return "https".equals(seenUri.getScheme());
      }
    };
  }
}
