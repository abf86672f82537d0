package dev.trackside.options;

import dev.trackside.caller.AddressBlock;
import dev.trackside.caller.Limits;
import dev.trackside.caller.Proxies;
import java.util.List;
import picocli.CommandLine.Option;

/** What the operator has chosen about who calls, and how much one address may do. */
final class LimitOptions {
  @Option(
      names = "--proxy",
      paramLabel = "ADDRESS",
      split = ",",
      converter = Converters.ProxyBlock.class,
      description = {
        "Proxies whose X-Forwarded-For, -Proto and -Host are believed: addresses or blocks such as",
        "10.0.0.0/8. Default: none"
      })
  private List<AddressBlock> proxies = List.of();

  @Option(
      names = "--address-connections",
      paramLabel = "N",
      converter = Converters.Count.class,
      defaultValue = "500",
      description = "How many connections one address may have open. Default: 500")
  private int connections;

  @Option(
      names = "--address-handshakes",
      paramLabel = "N",
      converter = Converters.Count.class,
      defaultValue = "50",
      description = "How many connections one address may open in a second. Default: 50")
  private int handshakes;

  @Option(
      names = "--address-claims",
      paramLabel = "N",
      converter = Converters.Count.class,
      defaultValue = "10",
      description = {
        "How many runners one address may claim in a second; five times as many at once.",
        "Default: 10"
      })
  private int claims;

  @Option(
      names = "--address-wrong-keys",
      paramLabel = "N",
      converter = Converters.WrongKeyCount.class,
      defaultValue = "20",
      description = "From which wrong key in a minute on an address is told to wait. Default: 20")
  private int wrongKeys;

  @Option(
      names = "--limit-loopback",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Whether these limits hold for this machine itself too.")
  private boolean loopback;

  Proxies proxies() {
    return new Proxies(proxies);
  }

  Limits limits() {
    return new Limits(connections, handshakes, claims, wrongKeys, loopback);
  }
}
