package dev.trackside.history;

import java.io.IOException;

/** Positions are there, and what is known of who may see them is missing or too old. */
public final class LostClaims extends IOException {
  private static final long serialVersionUID = 1;

  LostClaims(String words) {
    super(words);
  }
}
