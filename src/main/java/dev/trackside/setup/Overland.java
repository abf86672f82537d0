package dev.trackside.setup;

/**
 * Overland takes address and device from a link, and nothing else. The address holds the key, so
 * that there is no token to fill in; without the parameter the app forgets the one it had.
 */
final class Overland {
  private Overland() {}

  static String link(Endpoint endpoint) {
    return "overland://setup?url="
        + Endpoint.encoded(endpoint.address())
        + "&device_id="
        + Endpoint.encoded(endpoint.device());
  }
}
