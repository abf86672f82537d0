package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.demo.RecordedCourse;
import dev.trackside.demo.Rehearsal;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.House;
import dev.trackside.support.MoodyLog;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RehearsalIT {
  @Test
  void rehearsalIsFollowedLikeARace() throws Exception {
    try (var server = Running.with("--demo");
        var follower = TestClient.of(server, "{\"follow\":[\"rehearsal/*\"]}")) {
      var seen = new HashSet<String>();
      while (seen.size() < Rehearsal.runners().size()) {
        seen.add(follower.next().path("id").asString());
      }
      assertThat(seen).allMatch(id -> id.startsWith("rehearsal/"));
    }
  }

  @Test
  void nobodyElsePublishesAsOneOfItsRunners() throws Exception {
    try (var server = Running.with("--demo");
        var client = TestClient.of(server, "{\"follow\":[]}")) {
      client.say("{\"id\":\"rehearsal/anna\",\"lat\":1,\"lon\":2}");
      assertThat(client.next().path("code").asString()).isEqualTo("not_allowed");
    }
  }

  @Test
  void rehearsalWaitsWhileTheLogIsFullAndCanBeClosed() throws Exception {
    var log =
        new MoodyLog(
            new MemoryTrackLog(
                InstantSource.system(),
                new AtomicLong()::incrementAndGet,
                new Newest.Bounds(100, 1_000)));
    log.fill();
    try (var house = new House(log)) {
      for (Runner runner : Rehearsal.runners()) {
        house.claim(runner, runner.id(), "the rehearsal's", Visibility.PUBLIC);
      }
      Key key = Key.of("the rehearsal's");
      var rehearsal =
          new Rehearsal(house.intake, RecordedCourse.BEDFORD, InstantSource.system(), key);
      rehearsal.start();
      log.empty();
      await().until(() -> log.newest(Rehearsal.runners()).size() == Rehearsal.runners().size());
      assertTimeout(Duration.ofSeconds(2), rehearsal::close);
    }
  }
}
