package dev.trackside.intake;

/** Nothing can be stored at present, or was not in time; the message is a sentence for people. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unavailable(String words) {
    super(words, null, false, false);
  }
}
