package dev.trackside.setup;

/**
 * OsmAnd has no link that fills in where it reports to: this is the address to paste. What it sends
 * as {@code hdop} is the accuracy in metres, {@code timestamp} the phone's clock in milliseconds.
 */
final class OsmAnd {
  private OsmAnd() {}

  static String link(Endpoint endpoint) {
    return endpoint.address()
        + "?lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed={5}&bearing={6}"
        + "&speed_unit=mps";
  }
}
