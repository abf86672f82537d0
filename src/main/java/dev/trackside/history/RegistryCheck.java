package dev.trackside.history;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.RegistryEntry;
import dev.trackside.access.Visibility;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the registry against the log: without the registry that positions rely on, nobody knows any
 * more who is private, and everybody would be open to all.
 */
final class RegistryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryCheck.class);

  private final SqliteRegistry registry;
  private final SqliteTrackLog log;
  private final InstantSource clock;

  RegistryCheck(SqliteRegistry registry, SqliteTrackLog log, InstantSource clock) {
    this.registry = registry;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Lets the log rely on the registry, from now on and with every change.
   *
   * @param acceptLost whether to make everybody private when it cannot
   * @throws LostClaims when it cannot
   */
  void check(boolean acceptLost) throws IOException {
    String flaw = log.found().isEmpty() ? "" : flaw();
    if (!flaw.isEmpty()) {
      if (!acceptLost) {
        leaveNothingNew();
        throw new LostClaims(
            "%s %s, so nobody knows who is private: put the right one back, or start with"
                    .formatted(registry.file(), flaw)
                + " --accept-lost-claims, and everybody who has positions becomes private.");
      }
      int closed = makeEverybodyPrivate();
      LOG.warn("{} {}: {} runners are private now.", registry.file(), flaw, closed);
    }
    log.relyOn(registry.version());
    registry.watch((_, _) -> log.relyOn(registry.version()));
  }

  /** Why the registry does not fit; empty when it does. */
  private String flaw() {
    RegistryVersion wanted = log.reliedOn();
    RegistryVersion there = registry.version();
    if (registry.isNew()) {
      return "is missing or empty, beside positions of %d runners".formatted(log.found().size());
    } else if (wanted.id().isEmpty()) {
      return ""; // written before registries were noted
    } else if (!wanted.id().equals(there.id())) {
      return "is the registry of other positions than these";
    } else if (there.revision() < wanted.revision()) {
      return "is older than the positions beside it (change %d of %d)"
          .formatted(there.revision(), wanted.revision());
    }
    return "";
  }

  /** Else the next start would find an empty registry and take it for the right one. */
  private void leaveNothingNew() throws IOException {
    if (registry.isNew()) {
      registry.close();
      Path file = registry.file();
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
    }
  }

  /** Ends all links, hides everybody, and claims who is not claimed with a key that nobody has. */
  private int makeEverybodyPrivate() {
    var claims = new ArrayList<Claim>();
    var links = new ArrayList<Link>();
    registry.watch(
        (before, after) -> {
          if (before == null && after instanceof Claim claim) {
            claims.add(claim);
          } else if (before == null && after instanceof Link link) {
            links.add(link);
          }
        });
    for (Link link : List.copyOf(links)) {
      var _ = registry.remove(link);
    }
    Set<Runner> others = new HashSet<>(log.found());
    for (Claim claim : List.copyOf(claims)) {
      others.remove(claim.runner());
      var _ = registry.replace(claim, claim.shown(claim.name(), Visibility.LINK, claim.privacy()));
    }
    for (Runner runner : others) {
      Key.Hash nobodys = Key.of(Key.random()).hash();
      RegistryEntry claim = Claim.of(runner, runner.id(), nobodys, Visibility.LINK, clock.millis());
      var _ = registry.create(claim);
    }
    return log.found().size();
  }
}
