package dev.trackside.loadtest.wire;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Connects with Java-WebSocket: two threads for each connection, so for some thousand at most. */
final class JavaWebSocketConnector implements Connector {
  private final ConnectOptions options;
  private final @Nullable SSLSocketFactory trustingAll;
  private final Set<JavaWebSocketConnection> open = ConcurrentHashMap.newKeySet();

  JavaWebSocketConnector(ConnectOptions options) {
    this.options = options;
    trustingAll = options.insecure() ? trustingAll() : null;
  }

  @Override
  public void connect(URI target, ConnectionListener listener) {
    var connection = new JavaWebSocketConnection(target, listener, options, open::remove);
    if (trustingAll != null && target.getScheme().equals("wss")) {
      connection.setSocketFactory(trustingAll);
    }
    open.add(connection);
    connection.connect();
  }

  @Override
  public void close() {
    open.forEach(JavaWebSocketConnection::cut);
  }

  private static SSLSocketFactory trustingAll() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** For {@code --insecure}: accepts a test server's own certificate. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String how) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String how) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
