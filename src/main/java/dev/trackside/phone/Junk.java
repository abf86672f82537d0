package dev.trackside.phone;

import java.util.Locale;

/**
 * Something that an app has sent and that is not a position, or has a flaw.
 *
 * @param words why not, or which, a sentence for the runner
 */
record Junk(Kind kind, String words) {
  /**
   * Of what kind it is.
   *
   * @param dialect the wire name of the app's protocol, or of another way in
   */
  record Kind(String dialect, Reason reason) {}

  enum Reason {
    /** Neither JSON nor a form, or packed in a way that cannot be unpacked. */
    UNREADABLE,
    /** Not what any known app sends. */
    UNKNOWN,
    /** Half a place, or one that is out of range. */
    BAD_PLACE,
    BAD_TIME,
    /** Encrypted with a key that only the runner's followers have. */
    ENCRYPTED,
    /** Refused by the log. */
    REFUSED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
