package dev.trackside.phone;

import java.util.Locale;

/** Why something that an app has sent is no position. */
enum Reason {
  /** No JSON, no form, or packed in a way that cannot be unpacked. */
  UNREADABLE,
  /** Nothing in it that any known app says. */
  UNKNOWN,
  /** Half a place, or one that is no number. */
  BAD_PLACE,
  /** A moment that is none. */
  BAD_TIME,
  /** Encrypted with a key that only the runner's followers have. */
  ENCRYPTED,
  /** A position that the log did not take. */
  REFUSED;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
