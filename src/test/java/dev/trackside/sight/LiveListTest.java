package dev.trackside.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.Visibility;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.support.Fixes;
import dev.trackside.support.House;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list of those who are live: at most 1,000, whoever else is there. */
class LiveListTest {
  private final StoppedClock clock = new StoppedClock(1_795_000_000_000L);
  private final House house =
      new House(
          new MemoryTrackLog(clock, new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL),
          clock,
          true,
          Duration.ofSeconds(60));

  @AfterEach
  void close() {
    house.close();
  }

  private void claim(String name, int count, boolean reports) {
    for (int i = 0; i < count; i++) {
      var runner = new Runner(name + i);
      house.claim(runner, runner.id(), "key of " + runner, Visibility.PUBLIC);
      if (reports) {
        house.log.append(runner, List.of(Fixes.at(1, 2)));
      }
    }
  }

  private List<String> listed() {
    JsonNode list = new JsonMapper().readTree(house.lists.nowLive());
    return list.path("runners").valueStream().map(one -> one.path("id").asString()).toList();
  }

  @Test
  void whoIsNotLiveTakesNobodysPlace() {
    claim("quiet", 2_500, true);
    claim("unused", 2_500, false);
    clock.forward(Duration.ofMinutes(2));
    claim("live", 3, true);
    assertThat(listed()).containsExactlyInAnyOrder("live0", "live1", "live2");
  }

  @Test
  void thousandAreListedOfMore() {
    claim("unused", 1_500, false);
    claim("live", 1_200, true);
    assertThat(listed()).hasSize(1_000).doesNotHaveDuplicates();
  }
}
