package dev.trackside.history;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.RegistryEntry;
import dev.trackside.access.Secret;
import dev.trackside.access.Visibility;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the registry belongs to the log. Without the registry that positions rely on, nothing
 * says who is private, and everybody would be public.
 */
final class RegistryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryCheck.class);

  private final SqliteRegistry registry;
  private final SqliteStore store;
  private final InstantSource clock;

  RegistryCheck(SqliteRegistry registry, SqliteStore store, InstantSource clock) {
    this.registry = registry;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes the log rely on the registry, now and after every change.
   *
   * @param acceptLost whether to make everybody private if the registry does not match
   * @throws LostClaims if the registry does not match
   */
  void check(boolean acceptLost) throws IOException {
    String flaw = store.found().isEmpty() ? "" : flaw();
    if (!flaw.isEmpty()) {
      if (!acceptLost) {
        deleteIfNew();
        throw new LostClaims(
            "%s %s, so nobody knows who is private: put the right one back, or start with"
                    .formatted(registry.file(), flaw)
                + " --accept-lost-claims, and everybody who has positions becomes private.");
      }
      store.relyOn(RegistryVersion.LOST); // until everybody is private, another start is refused
      store.durable(true).join();
      makeEverybodyPrivate();
      LOG.warn("{} {}: {} runners are private now.", registry.file(), flaw, store.found().size());
    }
    store.relyOn(registry.version());
    registry.whenChanged(() -> store.relyOn(registry.version()));
  }

  /** Why the registry does not match; empty if it does. */
  private String flaw() {
    RegistryVersion wanted = store.reliedOn();
    RegistryVersion actual = registry.version();
    if (registry.isNew()) {
      return "is missing or empty, beside positions of %d runners".formatted(store.found().size());
    } else if (wanted.id().isEmpty()) {
      return ""; // written by a version that did not record its registry
    } else if (!wanted.id().equals(actual.id())) {
      return "is the registry of other positions than these";
    } else if (actual.revision() < wanted.revision()) {
      return "is older than the positions beside it (change %d of %d)"
          .formatted(actual.revision(), wanted.revision());
    }
    return "";
  }

  /** Otherwise the next start would take the empty registry for the right one. */
  private void deleteIfNew() throws IOException {
    if (registry.isNew()) {
      registry.close();
      Path file = registry.file();
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
    }
  }

  /** Ends all links, hides all runners, and claims the unclaimed ones with keys nobody has. */
  private void makeEverybodyPrivate() {
    Set<Runner> unclaimed = new HashSet<>(store.found());
    for (RegistryEntry entry : registry.all()) {
      switch (entry) {
        case Link link -> registry.remove(link);
        case Claim claim -> {
          unclaimed.remove(claim.runner());
          registry.replace(claim, claim.shown(claim.name(), Visibility.LINK, claim.privacy()));
        }
        case Secret _ -> {}
      }
    }
    for (Runner runner : unclaimed) {
      Key.Hash nobodys = Key.of(Key.random()).hash();
      registry.create(Claim.of(runner, runner.id(), nobodys, Visibility.LINK, clock.millis()));
    }
  }
}
