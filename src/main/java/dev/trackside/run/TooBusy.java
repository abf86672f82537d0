package dev.trackside.run;

/** The server has too much heavy work at present. The message is a sentence. */
public final class TooBusy extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooBusy(String sentence) {
    super(sentence);
  }
}
