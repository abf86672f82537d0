package dev.trackside.track;

/** A source of positions to follow: one runner, or everyone in a race. Immutable. */
public sealed interface Feed {
  /** One runner: {@code anna} or {@code berlin/1042}. */
  record One(Runner runner) implements Feed {
    @Override
    public String toString() {
      return runner.id();
    }
  }

  /** Everyone in a race: {@code berlin/*}. */
  record Race(String race) implements Feed {
    public Race {
      if (!Runner.isPart(race, 0, race.length())) {
        throw new IllegalArgumentException(
            "race must be 1 to 64 of A-Z a-z 0-9 _ -, got " + Quoted.of(race));
      }
    }

    @Override
    public String toString() {
      return race + "/*";
    }
  }

  /**
   * Parses {@code anna}, {@code berlin/1042} or {@code berlin/*}.
   *
   * @throws IllegalArgumentException if it is none of them; the message says why
   */
  static Feed of(String text) {
    return text.endsWith("/*")
        ? new Race(text.substring(0, text.length() - 2))
        : new One(new Runner(text));
  }
}
