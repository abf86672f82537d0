package dev.trackside.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.RunSpan.Spot;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Registry} guarantees. The test of a registry extends this. */
public abstract class RegistryContract {
  private static final Runner ANNA = new Runner("anna");
  private static final Claim CLAIM = claim(ANNA, "Anna");
  private static final Secret SECRET = new Secret("mask", Key.of("secret").hash());
  private static final Link LINK =
      new Link("x", new Feed.One(ANNA), "the family", 1_795_000_000_000L, Key.of("link").hash());

  private record Change(@Nullable RegistryEntry before, @Nullable RegistryEntry after) {}

  private Registry registry;

  /** Opens an empty registry. */
  protected abstract Registry open();

  @BeforeEach
  void begin() {
    registry = open();
  }

  @AfterEach
  void end() {
    registry.close();
  }

  private static Claim claim(Runner runner, String name) {
    var spot = new Spot(5, 52.5, 13.25);
    var run =
        new RunState(
            -5,
            7,
            List.of(new RunEnd(6, 7), new RunEnd(11, 12)),
            List.of(new Zone(52.5, 13.25, 100), new Zone(1, -2, 3)),
            new PastRuns(17, List.of(new RunSpan(0, spot, new Spot(6, -1.5, -2.25)))));
    return new Claim(
        runner,
        name,
        Key.of("key of " + runner).hash(),
        Visibility.LINK,
        new Privacy(200),
        run,
        1_794_000_000_000L,
        true);
  }

  private List<Change> watched() {
    var changes = new ArrayList<Change>();
    registry.watch((before, after) -> changes.add(new Change(before, after)));
    return changes;
  }

  private List<RegistryEntry> all() {
    return watched().stream().map(Change::after).toList();
  }

  @Test
  void whatIsStoredIsToldAsItWasSecretsFirst() {
    assertThat(registry.create(LINK)).isTrue();
    assertThat(registry.create(CLAIM)).isTrue();
    assertThat(registry.create(SECRET)).isTrue();
    assertThat(all()).containsExactly(SECRET, CLAIM, LINK);
  }

  @Test
  void whatIsThereIsNotMadeAgain() {
    registry.create(CLAIM);
    assertThat(registry.create(claim(ANNA, "Another"))).isFalse();
    registry.create(SECRET);
    assertThat(registry.create(new Secret("mask", Key.of("another").hash()))).isFalse();
    registry.create(LINK);
    assertThat(registry.create(LINK.endedAt(1))).isFalse();
    assertThat(all()).containsExactly(SECRET, CLAIM, LINK);
  }

  @Test
  void whatHasChangedMeanwhileIsNotReplacedNorRemoved() {
    registry.create(CLAIM);
    Claim renamed = CLAIM.shown("Ann", Visibility.PUBLIC, Privacy.NONE);
    assertThat(registry.replace(CLAIM, renamed)).isTrue();
    assertThat(registry.replace(CLAIM, CLAIM.rekeyed(Key.of("new").hash()))).isFalse();
    assertThat(registry.remove(CLAIM)).isFalse();
    assertThat(all()).containsExactly(renamed);
    assertThat(registry.remove(renamed)).isTrue();
    assertThat(registry.replace(renamed, CLAIM)).isFalse();
    assertThat(all()).isEmpty();
  }

  @Test
  void watchersHearEachChangeOnceAndBeforeItsCallReturns() {
    registry.create(SECRET);
    List<Change> changes = watched();
    assertThat(changes).containsExactly(new Change(null, SECRET));
    registry.create(CLAIM);
    Claim asking = CLAIM.with(CLAIM.run().asking(99));
    registry.replace(CLAIM, asking);
    registry.replace(CLAIM, asking);
    registry.create(LINK);
    registry.remove(LINK);
    registry.remove(asking);
    assertThat(changes.subList(1, changes.size()))
        .containsExactly(
            new Change(null, CLAIM),
            new Change(CLAIM, asking),
            new Change(null, LINK),
            new Change(LINK, null),
            new Change(asking, null));
  }

  @Test
  void ofManyWhoClaimAnIdAtOnceOneWins() {
    var won = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      var runner = new Runner("berlin/" + i);
      CompletableFuture.allOf(
              IntStream.range(0, 8)
                  .mapToObj(
                      n ->
                          CompletableFuture.runAsync(
                              () -> {
                                if (registry.create(claim(runner, "Claimer " + n))) {
                                  won.incrementAndGet();
                                }
                              }))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
    assertThat(won.get()).isEqualTo(20);
    assertThat(all()).hasSize(20);
  }

  @Test
  void noChangeOfManyAtOnceIsLost() {
    registry.create(CLAIM.with(RunState.NEW));
    var claims = new Claims(registry, 10);
    registry.watch((before, after) -> claims.changed((Claim) before, (Claim) after));
    CompletableFuture.allOf(
            IntStream.range(0, 8)
                .mapToObj(
                    _ ->
                        CompletableFuture.runAsync(
                            () -> {
                              for (int i = 0; i < 25; i++) {
                                claims.changeRun(
                                    ANNA, run -> run.ended(new RunEnd(0, run.finishedMs() + 1)));
                              }
                            }))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(claims.of(ANNA).orElseThrow().run().ends()).hasSize(200);
  }
}
