package dev.trackside.history;

import dev.trackside.access.AdminKey;
import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.access.Registry;
import dev.trackside.log.OpenIds;
import dev.trackside.track.TrackLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a data directory: its lock, its numbers, the admin key, the registry, and the
 * log. It sees to it that registry and log belong together.
 */
public final class DataDirectory implements AutoCloseable, Claims.ClaimWatcher {
  /**
   * What an operator has chosen about it.
   *
   * @param adminKey the key that manages everything; empty for one in a file of the directory
   * @param openIds how many ids that nobody has claimed may have positions
   * @param acceptLostClaims whether to go on without a registry that fits, with everybody private
   */
  public record Settings(
      Path directory, KeepSettings keep, String adminKey, int openIds, boolean acceptLostClaims) {}

  private final DirectoryLock lock;
  private final SequenceNumbers numbers;
  private final AdminKey adminKey;
  private final SqliteRegistry registry;
  private final OpenIds openIds;
  private final SqliteTrackLog log;

  private DataDirectory(
      DirectoryLock lock,
      SequenceNumbers numbers,
      AdminKey adminKey,
      SqliteRegistry registry,
      OpenIds openIds,
      SqliteTrackLog log) {
    this.lock = lock;
    this.numbers = numbers;
    this.adminKey = adminKey;
    this.registry = registry;
    this.openIds = openIds;
    this.log = log;
  }

  /**
   * Opens everything that is in a directory, and makes what is not there.
   *
   * @throws LostClaims when there are positions, and the registry that they rely on is missing or
   *     older than they are
   * @throws IOException when it cannot be opened; the message is a sentence for the operator
   */
  public static DataDirectory open(Settings settings, InstantSource clock) throws IOException {
    try (var opened = new Opened()) {
      Path directory = settings.directory();
      var lock = opened.add(new DirectoryLock(directory));
      var numbers = opened.add(new SequenceNumbers(directory, clock));
      AdminKey adminKey = AdminKey.of(settings.adminKey(), directory);
      var registry = opened.add(SqliteRegistry.open(directory));
      var openIds = new OpenIds(settings.openIds());
      var log =
          opened.add(
              SqliteTrackLog.open(
                  directory, numbers, clock, settings.keep(), openIds, Sizes.USUAL));
      new RegistryCheck(registry, log, clock).check(settings.acceptLostClaims());
      opened.keep();
      return new DataDirectory(lock, numbers, adminKey, registry, openIds, log);
    }
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

  /** How many feeds somebody follows. */
  public int followed() {
    return log.followed();
  }

  /** Counts ids that nobody has claimed. */
  @Override
  public void changed(@Nullable Claim before, @Nullable Claim after) {
    if (before == null && after != null) {
      openIds.claimed(after.runner());
    } else if (before != null && after == null) {
      openIds.released(before.runner());
    }
  }

  /** Makes what has arrived durable, if the disk takes it, and lets others have the directory. */
  @Override
  public void close() {
    log.close();
    registry.close();
    numbers.close();
    lock.close();
  }
}
