package dev.trackside.options;

import dev.trackside.caller.Limits;
import dev.trackside.caller.Origins;
import dev.trackside.caller.Proxies;
import dev.trackside.caller.PublicUrl;
import dev.trackside.history.DataDirectory;
import dev.trackside.http.EdgeLimits;
import dev.trackside.live.Live;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.pages.PageSettings;
import dev.trackside.sse.StreamLimits;
import dev.trackside.websocket.ConnectionLimits;
import java.net.URI;
import java.time.Duration;

/**
 * The operator's choices, one record for each room.
 *
 * @param port where to listen; 0 for any free port
 * @param open whether unclaimed ids may be used
 * @param demo whether the rehearsal runs
 * @param quiet after how long without a sign of life a runner counts as quiet
 * @param origins further sites whose pages may connect
 * @param limits what one address may do
 * @param memory what all clients together may make the server hold
 */
public record Settings(
    String host,
    int port,
    DataDirectory.Settings data,
    boolean open,
    boolean demo,
    Duration quiet,
    PublicUrl url,
    Origins origins,
    Limits limits,
    Proxies proxies,
    EdgeLimits edge,
    ConnectionLimits connections,
    StreamLimits streams,
    Live.SessionSettings live,
    MemoryBudget memory,
    PageSettings pages) {
  /** Where a browser on this machine finds a server that listens on this port. */
  public URI address(int actualPort) {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String shown = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + actualPort + "/");
  }
}
