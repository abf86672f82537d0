package dev.trackside.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 that leaves {@code Upgrade} to the handlers. Jetty alone answers 400 when {@code
 * Connection: upgrade} is missing, as behind a proxy that drops it, though RFC 9110 (7.8) lets a
 * server ignore such a header.
 */
final class UpgradeTolerance extends HttpConnectionFactory {
  UpgradeTolerance(HttpConfiguration config) {
    super(config);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    var connection = new Tolerant(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  private static final class Tolerant extends org.eclipse.jetty.server.internal.HttpConnection {
    Tolerant(HttpConfiguration config, Connector connector, EndPoint endPoint) {
      super(config, connector, endPoint);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(
        String method, @Nullable String uri, HttpVersion version) {
      return new HttpStreamOverHTTP1(method, uri, version) {
        @Override
        public void parsedHeader(HttpField field) {
          super.parsedHeader(field.getHeader() == HttpHeader.UPGRADE ? unknown(field) : field);
        }
      };
    }

    /** The same field, but one that only handlers know. */
    private static HttpField unknown(HttpField field) {
      return new HttpField((HttpHeader) null, field.getName(), field.getValue());
    }
  }
}
