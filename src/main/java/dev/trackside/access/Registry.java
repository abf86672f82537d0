package dev.trackside.access;

import dev.trackside.track.Runner;
import java.util.List;

/**
 * What is stored about runners whom somebody has claimed, and about links. A change is on the disk
 * when its call returns; a call that throws {@link java.io.UncheckedIOException}, with a sentence
 * for people, has changed nothing. Safe for use by many threads.
 */
public interface Registry extends AutoCloseable {
  List<Claim> claims();

  List<Link> links();

  /** Adds a claim, or replaces that of the same runner. */
  void put(Claim claim);

  /** Removes a runner's claim and links. */
  void remove(Runner runner);

  /** Adds a link, or replaces the one of the same id. */
  void put(Link link);

  void remove(Link link);

  @Override
  void close();
}
