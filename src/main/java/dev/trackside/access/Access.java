package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;

/** Says who may publish and who may follow. Safe for use by many threads. */
public interface Access {
  boolean mayPublish(Runner runner);

  boolean mayFollow(Feed feed);

  /** Whether the runner may be erased with every position. */
  boolean mayErase(Runner runner);

  /** Everybody may do everything while ids are open, nobody anything when they are not. */
  static Access whenOpen(boolean open) {
    return new Access() {
      @Override
      public boolean mayPublish(Runner runner) {
        return open;
      }

      @Override
      public boolean mayFollow(Feed feed) {
        return open;
      }

      @Override
      public boolean mayErase(Runner runner) {
        return open;
      }
    };
  }
}
