package dev.trackside.intake;

/** Nothing can be taken at present, or was not stored in time; the message is a sentence. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unavailable(String words) {
    super(words, null, false, false);
  }
}
