package dev.trackside;

import dev.trackside.http.Terms;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the operator has chosen about connections, before anything is known of who calls. */
final class EdgeSettings {
  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = Connections.class,
      defaultValue = "0",
      description = {
        "How many connections there may be; who comes beyond them is answered 503.",
        "Default: 0, as many as the limit of open files allows"
      })
  private int connections;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      converter = Settings.Seconds.class,
      defaultValue = "10",
      description = {
        "How long a request may take until its head is complete, and how far a body or a reader",
        "may fall behind --slowest. Default: 10"
      })
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--slowest",
      paramLabel = "BYTES",
      converter = Rate.class,
      defaultValue = "1024",
      description =
          "How many bytes a second a body must bring, and an answer be read with. Default: 1024")
  private int slowest;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      converter = Settings.Seconds.class,
      defaultValue = "30",
      description = {
        "How long a connection is kept for a further request; a proxy in front should keep it",
        "for less. Default: 30"
      })
  private Duration idle = Duration.ZERO;

  /**
   * @param connectionsOfOne how many one address may have that came to something
   */
  Terms terms(int connectionsOfOne) {
    int most = connections == 0 ? Terms.mostConnections() : connections;
    return new Terms(most, 2 * connectionsOfOne, patience, slowest, idle);
  }

  static final class Connections implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      int number = (int) Settings.wholeNumber(value, 0, 1_000_000);
      int most = Terms.mostConnections();
      if (number > most) {
        throw new TypeConversionException(
            "must be at most %d with this limit of open files (ulimit -n), got %d."
                .formatted(most, number));
      }
      return number;
    }
  }

  static final class Rate implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) Settings.wholeNumber(value, 1, 1 << 20);
    }
  }
}
