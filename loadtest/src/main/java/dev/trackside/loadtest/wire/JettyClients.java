package dev.trackside.loadtest.wire;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's client, set up for many connections on few threads. */
final class JettyClients {
  private static final int SELECTORS = 2;
  private static final int MOST_THREADS = 16;
  private static final int MOST_CONNECTIONS = 30_000;
  private static final long CONNECT_MS = 10_000;

  private JettyClients() {}

  /** Not started yet. */
  static HttpClient client(String name, Terms terms) {
    var threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    var tls = new SslContextFactory.Client(terms.insecure());
    if (terms.insecure()) {
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
