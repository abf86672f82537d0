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

/** Connections of Java-WebSocket: two threads for each, so not for more than some thousand. */
final class JavaWebSocketLines implements Lines {
  private final Terms terms;
  private final @Nullable SSLSocketFactory trusting;
  private final Set<JavaWebSocketLine> open = ConcurrentHashMap.newKeySet();

  JavaWebSocketLines(Terms terms) {
    this.terms = terms;
    trusting = terms.insecure() ? trustingAll() : null;
  }

  @Override
  public void dial(URI target, Ear ear) {
    var line = new JavaWebSocketLine(target, ear, terms, open::remove);
    if (trusting != null && target.getScheme().equals("wss")) {
      line.setSocketFactory(trusting);
    }
    open.add(line);
    line.connect();
  }

  @Override
  public void close() {
    open.forEach(JavaWebSocketLine::cut);
  }

  private static SSLSocketFactory trustingAll() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Asked for with {@code --insecure}: a test server's own certificate. */
  private static final class Anybody implements X509TrustManager {
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
