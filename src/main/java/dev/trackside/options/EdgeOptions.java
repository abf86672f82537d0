package dev.trackside.options;

import dev.trackside.http.EdgeLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What the operator has chosen about connections, before anything is known of who calls. */
final class EdgeOptions {
  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = Converters.ConnectionCount.class,
      defaultValue = "0",
      description = {
        "How many connections there may be; who comes beyond them is answered 503.",
        "Default: 0, as many as the limit of open files allows"
      })
  private int connections;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      defaultValue = "10",
      description = {
        "How long a request may take until its head is complete, and how far a body or a reader",
        "may fall behind --slowest. Default: 10"
      })
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--slowest",
      paramLabel = "BYTES",
      converter = Converters.Rate.class,
      defaultValue = "1024",
      description =
          "How many bytes a second a body must bring, and an answer be read with. Default: 1024")
  private int slowest;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      converter = Converters.Seconds.class,
      defaultValue = "30",
      description = {
        "How long a connection is kept for a further request; a proxy in front should keep it",
        "for less. Default: 30"
      })
  private Duration idle = Duration.ZERO;

  /**
   * @param connectionsOfOne how many one address may have that came to something
   */
  EdgeLimits limits(int connectionsOfOne) {
    int most = connections == 0 ? EdgeLimits.mostConnections() : connections;
    return new EdgeLimits(most, 2 * connectionsOfOne, patience, slowest, idle);
  }
}
