package dev.trackside.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.Privacy;
import dev.trackside.access.RegistryEntry;
import dev.trackside.access.Visibility;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is lost, emptied, or older than the positions beside it. */
final class LostClaimsTest {
  private static final Runner ANNA = new Runner("anna");
  private static final Runner OPEN = new Runner("open");
  private static final Claim CLAIM =
      Claim.of(ANNA, "Anna", Key.of("annas").hash(), Visibility.PUBLIC, 1_000_000);
  private static final Link LINK =
      new Link("x", new Feed.One(ANNA), "", Long.MAX_VALUE, Key.of("link").hash());

  @TempDir private Path directory;

  private DataDirectory data(boolean acceptLostClaims) throws IOException {
    return DataDirectory.open(
        new DataDirectory.Settings(
            directory, KeepSettings.FOR_EVER, "", 10_000, 10_000, Duration.ZERO, acceptLostClaims),
        InstantSource.system());
  }

  private void fill() throws IOException {
    try (var data = data(false)) {
      data.registry().create(CLAIM);
      data.registry().create(LINK);
      report(data, ANNA);
      report(data, OPEN);
    }
  }

  private static void report(DataDirectory data, Runner runner) {
    data.log().append(runner, List.of(Fixes.at(52, 13))).toCompletableFuture().join();
  }

  private void assertRefused(String why) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> data(false).close())
          .isInstanceOf(LostClaims.class)
          .hasMessageContaining("access.db " + why)
          .hasMessageContaining("--accept-lost-claims");
    }
  }

  private static List<RegistryEntry> entries(DataDirectory data) {
    var entries = new ArrayList<RegistryEntry>();
    data.registry().watch((_, after) -> entries.add(after));
    return entries;
  }

  @Test
  void registryThatIsThereIsFine() throws IOException {
    fill();
    try (var data = data(false)) {
      assertThat(entries(data)).containsExactly(CLAIM, LINK);
    }
    try (var data = data(true)) {
      assertThat(entries(data)).containsExactly(CLAIM, LINK);
    }
  }

  @Test
  void registryThatWasLostIsRefusedAndNotMadeAnew() throws IOException {
    fill();
    Files.delete(directory.resolve("access.db"));
    assertRefused("is missing or empty, beside positions of 2 runners");
    assertThat(directory.resolve("access.db")).doesNotExist();
  }

  @Test
  void registryThatWasEmptiedIsRefused() throws IOException {
    fill();
    Files.write(directory.resolve("access.db"), new byte[0]);
    assertRefused("is missing or empty");
  }

  @Test
  void registryOfOtherPositionsIsRefused(@TempDir Path other) throws IOException {
    fill();
    try (var registry = new SqliteRegistry(other)) {
      registry.create(CLAIM);
    }
    Files.copy(
        other.resolve("access.db"),
        directory.resolve("access.db"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("is the registry of other positions than these");
  }

  @Test
  void oldCopyOfTheRegistryIsRefused(@TempDir Path backup) throws IOException {
    fill();
    Files.copy(directory.resolve("access.db"), backup.resolve("access.db"));
    try (var data = data(false)) {
      data.registry().replace(CLAIM, CLAIM.shown("Anna", Visibility.LINK, new Privacy(200)));
      report(data, ANNA);
    }
    Files.copy(
        backup.resolve("access.db"),
        directory.resolve("access.db"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("is older than the positions beside it (change ");
    try (var data = data(true)) {
      assertThat(entries(data))
          .contains(CLAIM.shown("Anna", Visibility.LINK, Privacy.NONE))
          .doesNotContain(LINK);
    }
    data(false).close();
  }

  @Test
  void oldCopyIsNoticedThoughNothingWasReportedSince(@TempDir Path backup) throws IOException {
    fill();
    Files.copy(directory.resolve("access.db"), backup.resolve("access.db"));
    try (var data = data(false)) {
      data.registry().remove(LINK);
    }
    Files.copy(
        backup.resolve("access.db"),
        directory.resolve("access.db"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused("is older than the positions beside it (change ");
  }

  @Test
  void acceptedLossMakesEverybodyPrivate() throws IOException {
    fill();
    Files.delete(directory.resolve("access.db"));
    try (var data = data(true)) {
      List<Claim> claims =
          entries(data).stream().filter(Claim.class::isInstance).map(Claim.class::cast).toList();
      assertThat(claims)
          .hasSize(2)
          .allMatch(claim -> claim.visibility() == Visibility.LINK)
          .noneMatch(claim -> claim.key().equals(CLAIM.key()))
          .extracting(Claim::runner)
          .containsExactlyInAnyOrder(ANNA, OPEN);
    }
    data(false).close();
  }

  @Test
  void acceptanceThatDidNotComeToItsEndIsAskedForAgain() throws IOException {
    fill();
    try (var disk = new OnDisk(directory, InstantSource.system())) {
      disk.store.relyOn(RegistryVersion.LOST); // as it is before everybody is private
    }
    assertRefused("is the registry of other positions than these");
    data(true).close();
    data(false).close();
  }

  @Test
  void directoryWithoutPositionsMayLoseItsRegistry() throws IOException {
    try (var data = data(false)) {
      data.registry().create(CLAIM);
    }
    Files.delete(directory.resolve("access.db"));
    data(false).close();
  }

  @Test
  void newerRegistryThanThePositionsIsFine(@TempDir Path backup) throws IOException {
    fill();
    Files.copy(directory.resolve("trackside.db"), backup.resolve("trackside.db"));
    try (var data = data(false)) {
      data.registry().remove(LINK);
    }
    Files.copy(
        backup.resolve("trackside.db"),
        directory.resolve("trackside.db"),
        StandardCopyOption.REPLACE_EXISTING);
    data(false).close();
  }
}
