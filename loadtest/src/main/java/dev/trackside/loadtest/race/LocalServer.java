package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Gauge;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Finds the server's process if it runs on this machine. */
final class LocalServer {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private LocalServer() {}

  static @Nullable Gauge of(Plan plan) {
    if (plan.serverPid().isPresent()) {
      return new Gauge(plan.serverPid().getAsInt());
    }
    URI target = plan.targets().getFirst();
    return isHere(target.getHost()) ? Gauge.onPort(port(target)).orElse(null) : null;
  }

  private static int port(URI target) {
    if (target.getPort() > 0) {
      return target.getPort();
    }
    return target.getScheme().equals("wss") ? HTTPS_PORT : HTTP_PORT;
  }

  private static boolean isHere(String host) {
    try {
      var address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }
}
