package dev.trackside.phone;

import dev.trackside.phone.Junk.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads OwnTracks on Android and iOS, and Overland's OwnTracks mode. Only a {@code location} is a
 * position, though other messages have coordinates, too. Speed is in km/h.
 */
final class OwnTracksDecoder implements Decoder {
  /** 2001-01-01, from which Overland counts seconds. */
  private static final double COCOA_EPOCH_S = 978_307_200;

  private static final double YEAR_2010_S = 1_262_304_000;

  @Override
  public void decode(Request request, Decoded decoded) {
    switch (request.member("_type").asString("")) {
      case "location" -> location(request, decoded);
      case "encrypted" ->
          decoded.junk(
              Reason.ENCRYPTED,
              "The app encrypts its messages. Remove the encryption key from its settings.");
      default -> {} // a sign of life
    }
  }

  private static void location(Request request, Decoded decoded) {
    if (request.member("t").asString("").equals("p")) {
      return; // a ping repeats the last place as if it were now
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

  private static @Nullable String seconds(JsonNode tst) {
    double seconds = Decimals.of(tst);
    boolean cocoa = seconds > 0 && seconds < YEAR_2010_S;
    return Double.isNaN(seconds) ? null : String.valueOf(cocoa ? seconds + COCOA_EPOCH_S : seconds);
  }
}
