package dev.trackside.phone;

import tools.jackson.databind.JsonNode;

/**
 * OwnTracks on Android and iOS, and Overland in its mode of that name. Only {@code location} is a
 * position, whatever coordinates the others carry; speed is in km/h.
 */
final class OwnTracksDecoder implements Decoder {
  /** 2001-01-01: from there Overland counts. */
  private static final double COCOA_EPOCH_S = 978_307_200;

  private static final double YEAR_2010_S = 1_262_304_000;

  @Override
  public void decode(Request request, Decoded decoded) {
    switch (request.member("_type").asString("")) {
      case "location" -> location(request, decoded);
      case "encrypted" ->
          decoded.junk(
              Reason.ENCRYPTED,
              "The app encrypts its messages. Take the encryption key out of its settings.");
      default -> {} // a sign of life
    }
  }

  private static void location(Request request, Decoded decoded) {
    if (request.member("t").asString("").equals("p")) {
      return; // a ping says where it was, as if it were now
    }
    new Draft(Decimals.of(request.member("lat")), Decimals.of(request.member("lon")))
        .time(seconds(request.member("tst")))
        .accuracy(Decimals.of(request.member("acc")))
        .altitude(Decimals.of(request.member("alt")))
        .speedKmh(Decimals.of(request.member("vel")))
        .heading(Decimals.of(request.member("cog")))
        .battery(Decimals.of(request.member("batt")))
        .into(decoded);
  }

  private static double seconds(JsonNode tst) {
    double seconds = Decimals.of(tst);
    return seconds > 0 && seconds < YEAR_2010_S ? seconds + COCOA_EPOCH_S : seconds;
  }
}
