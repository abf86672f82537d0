package dev.trackside.access;

import org.jspecify.annotations.Nullable;

/**
 * What is stored about runners whom somebody has claimed, and about links. Several processes may
 * share one, so whoever changes something says what it was before. A change is durable, and every
 * watcher of this process has heard of it, when its call returns; a call that throws {@link
 * java.io.UncheckedIOException}, with a sentence for people, has changed nothing. Safe for use by
 * many threads.
 */
public interface Registry extends AutoCloseable {
  /** Hears what there is and what becomes of it. Must not throw. */
  interface Watcher {
    /**
     * Hears of one change; they come one at a time.
     *
     * @param before what the entry was; null for a new one
     * @param after what it is; null for one that is gone
     */
    void changed(@Nullable RegistryEntry before, @Nullable RegistryEntry after);
  }

  /** Tells a watcher everything that is there as new, secrets first, and then every change. */
  void watch(Watcher watcher);

  /** Stores a new entry, unless there is one already: a claim of the runner, the link's id. */
  boolean create(RegistryEntry entry);

  /** Stores an entry in place of another one, unless that is there no longer. */
  boolean replace(RegistryEntry before, RegistryEntry after);

  /** Removes an entry, unless it is there no longer. */
  boolean remove(RegistryEntry entry);

  @Override
  void close();
}
