package dev.trackside.history;

import dev.trackside.access.AdminKey;
import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.access.Registry;
import dev.trackside.log.OpenIds;
import dev.trackside.log.StoredLog;
import dev.trackside.track.TrackLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * An open data directory: its lock, its numbers, the admin key, the registry and the log. Registry
 * and log are known to belong together.
 */
public final class DataDirectory implements AutoCloseable, Claims.ClaimWatcher {
  /**
   * What the operator has chosen.
   *
   * @param adminKey the key that may do everything; if empty, the one in a file of the directory
   * @param openIds how many unclaimed ids may have positions
   * @param claims how many runners may be claimed
   * @param keepUnused how long a claim is kept that is never used; zero keeps it forever
   * @param acceptLostClaims whether to start without a matching registry, with everybody private
   */
  public record Settings(
      Path directory,
      KeepSettings keep,
      String adminKey,
      int openIds,
      int claims,
      Duration keepUnused,
      boolean acceptLostClaims) {
    /**
     * @throws IllegalArgumentException when the key is too short
     */
    public Settings {
      if (!adminKey.isEmpty()) {
        AdminKey.check(adminKey, "--admin-key");
      }
    }
  }

  private final ArrayDeque<Runnable> closers = new ArrayDeque<>();
  private final AdminKey adminKey;
  private final SqliteRegistry registry;
  private final OpenIds openIds;
  private final StoredLog log;

  private DataDirectory(Settings settings, InstantSource clock) throws IOException {
    Path directory = settings.directory();
    try {
      closers.push(new DirectoryLock(directory)::close);
      var numbers = new SequenceNumbers(directory, clock);
      closers.push(numbers::close);
      adminKey = AdminKey.of(settings.adminKey(), directory);
      registry = new SqliteRegistry(directory);
      closers.push(registry::close);
      openIds = new OpenIds(settings.openIds());
      var store = new SqliteStore(directory, numbers, clock, settings.keep(), openIds, Sizes.USUAL);
      log = store.log();
      closers.push(log::close);
      new RegistryCheck(registry, store, clock).check(settings.acceptLostClaims());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a directory, and creates whatever is missing in it.
   *
   * @throws LostClaims if there are positions, but the registry they rely on is missing or too old
   * @throws IOException if it cannot be opened; the message is a sentence for the operator
   */
  public static DataDirectory open(Settings settings, InstantSource clock) throws IOException {
    return new DataDirectory(settings, clock);
  }

  public TrackLog log() {
    return log;
  }

  public Registry registry() {
    return registry;
  }

  public AdminKey adminKey() {
    return adminKey;
  }

  /** The number of feeds that have followers. */
  public int followed() {
    return log.followed();
  }

  @Override
  public void changed(@Nullable Claim before, @Nullable Claim after) {
    if (before == null && after != null) {
      openIds.claimed(after.runner());
    } else if (before != null && after == null) {
      openIds.released(before.runner());
    }
  }

  /** Makes all positions durable, if the disk accepts them, and gives the directory up. */
  @Override
  public void close() {
    closers.forEach(Runnable::run);
  }
}
