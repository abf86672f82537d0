package dev.trackside.setup;

/**
 * OsmAnd has no link that fills in where it reports to: this is the address to paste. Its fourth
 * value, which its own template calls {@code hdop}, is the accuracy in metres, and is named so
 * here; the third is the phone's clock in milliseconds.
 */
final class OsmAnd {
  private OsmAnd() {}

  static String link(Endpoint endpoint) {
    return endpoint.address()
        + "?lat={0}&lon={1}&timestamp={2}&accuracy={3}&altitude={4}&speed={5}&bearing={6}"
        + "&speed_unit=mps";
  }
}
