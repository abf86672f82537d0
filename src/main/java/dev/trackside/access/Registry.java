package dev.trackside.access;

import org.jspecify.annotations.Nullable;

/**
 * The store of claims, links and secrets. Several processes may share one, so a change states what
 * the entry was before. When a call returns, its change is durable and every watcher in this
 * process has heard of it; a call that throws {@link java.io.UncheckedIOException}, with a sentence
 * for people, has changed nothing. Safe for use by many threads.
 */
public interface Registry extends AutoCloseable {
  /** Hears of the entries and their changes, one at a time. Must not throw. */
  interface Watcher {
    /** {@code before} is null for a new entry, {@code after} for a removed one. */
    void changed(@Nullable RegistryEntry before, @Nullable RegistryEntry after);
  }

  /** Tells a watcher every entry as new, secrets first, and then every change. */
  void watch(Watcher watcher);

  /** Stores a new entry; returns false when the runner, link or secret has one already. */
  boolean create(RegistryEntry entry);

  /** Replaces an entry; returns false when it is no longer as it was before. */
  boolean replace(RegistryEntry before, RegistryEntry after);

  /** Removes an entry; returns false when it is no longer there. */
  boolean remove(RegistryEntry entry);

  @Override
  void close();
}
