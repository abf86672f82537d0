package dev.trackside.loadtest.wire;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Sets up Jetty's client for many connections on few threads. */
final class JettyClients {
  private static final int SELECTORS = 2;
  private static final int MOST_THREADS = 16;
  private static final int MOST_CONNECTIONS = 30_000;
  private static final long CONNECT_MS = 10_000;

  private JettyClients() {}

  /** A client that is yet to be started. */
  static HttpClient client(String name, ConnectOptions options) {
    var threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    var tls = new SslContextFactory.Client(options.insecure());
    if (options.insecure()) {
      tls.setEndpointIdentificationAlgorithm(null);
    }
    var connector = new ClientConnector();
    connector.setSelectors(SELECTORS);
    connector.setSslContextFactory(tls);
    var client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setName(name);
    client.setExecutor(threads);
    client.setConnectTimeout(CONNECT_MS);
    client.setFollowRedirects(false);
    client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(MOST_CONNECTIONS);
    client.setUseInputDirectByteBuffers(false);
    client.setUserAgentField(null);
    return client;
  }
}
