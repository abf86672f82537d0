package dev.trackside.history;

import java.io.IOException;

/** There are positions, but the claims that say who may see them are missing or too old. */
public final class LostClaims extends IOException {
  private static final long serialVersionUID = 1;

  LostClaims(String words) {
    super(words);
  }
}
