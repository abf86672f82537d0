package dev.trackside.page;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import dev.trackside.support.Cable;
import dev.trackside.support.Calls;
import dev.trackside.support.Chromium;
import dev.trackside.support.Owner;
import dev.trackside.support.Report;
import dev.trackside.support.Route;
import dev.trackside.support.Route.Place;
import dev.trackside.support.RunnersPhone;
import dev.trackside.support.RunnersPhone.Taken;
import dev.trackside.support.Running;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A runner whose phone loses the network, and those who watch.
 *
 * <p>{@code -Dtunnel.seconds} is how long the tunnel is, {@code -Dproof.report} the page that tells
 * what came of it.
 */
final class TunnelIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int SECONDS = Integer.getInteger("tunnel.seconds", 10);
  private static final int SECONDS_OUTSIDE = 6;

  /** The positions that a spectator is sent, in the order and at the time they come. */
  private static List<JsonNode> heardBy(Page spectator) {
    var heard = new ArrayList<JsonNode>();
    spectator.onWebSocket(
        socket -> socket.onFrameReceived(frame -> positions(frame).forEach(heard::add)));
    return heard;
  }

  private static Stream<JsonNode> positions(WebSocketFrame frame) {
    JsonNode message = MAPPER.readTree(frame.text());
    return (message.isArray() ? message.valueStream() : Stream.of(message))
        .filter(one -> one.path("type").asString().equals("position"));
  }

  private static List<Taken> fixes(Stream<JsonNode> positions) {
    return positions
        .map(
            one ->
                new Taken(
                    one.path("t").asLong(), one.path("lat").asDouble(), one.path("lon").asDouble()))
        .toList();
  }

  private static void run(RunnersPhone phone, Iterator<Place> route, int seconds) {
    for (int second = 0; second < seconds; second++) {
      phone.runTo(route.next());
    }
  }

  @Test
  @Timeout(300)
  void runGoesThroughATunnelWithoutLosingAFixAndSpectatorsSeeNowFirst() throws Exception {
    Iterator<Place> route = Route.bedford();
    try (var server = Running.with();
        var cable = new Cable(server.port());
        var calls = new Calls(server.http());
        var chromium = new Chromium();
        var phone = RunnersPhone.in(chromium, cable.port())) {
      phone.at(route.next()).start("Anna").awaitKept();
      String link = URI.create(phone.run().path("follow").asString()).getPath();
      Page spectator = chromium.somebody("en-GB", 360, 740).newPage();
      List<JsonNode> heard = heardBy(spectator);
      spectator.navigate(server.http().resolve(link).toString());
      run(phone, route, SECONDS_OUTSIDE);
      phone.awaitAllSent();

      cable.cut();
      run(phone, route, SECONDS / 2);
      int before = phone.waiting();
      phone.reload();
      phone.page.waitForFunction("least => trackside.waiting() >= least", before);
      run(phone, route, SECONDS - SECONDS / 2);
      phone.awaitState("points and sends them as soon as there is signal");
      assertThat(phone.waiting()).isGreaterThanOrEqualTo(SECONDS);
      int known = heard.size();
      cable.mend();
      run(phone, route, SECONDS_OUTSIDE);
      phone.awaitHeard();
      phone.awaitAllSent();

      JsonNode run = phone.run();
      JsonNode track =
          calls
              .get(
                  "/api/runners/%s/track".formatted(run.path("id").asString()),
                  Owner.bearer(run.path("key").asString()))
              .json();
      List<Taken> stored = fixes(track.path("positions").valueStream());
      assertThat(stored).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(phone.taken());

      spectator.waitForFunction("all => trackside.trail().length === all", stored.size());
      List<Taken> shown =
          fixes(
              MAPPER
                  .readTree((String) spectator.evaluate("JSON.stringify(trackside.trail())"))
                  .valueStream());
      assertThat(shown).isEqualTo(stored);
      List<JsonNode> afterwards = heard.subList(known, heard.size());
      assertThat(afterwards.getFirst().path("late").asBoolean()).isFalse();
      List<Taken> late = fixes(afterwards.stream().filter(one -> one.path("late").asBoolean()));
      assertThat(late).hasSizeGreaterThanOrEqualTo(SECONDS - 1);
      assertThat(late).isSortedAccordingTo(comparingLong(Taken::t));
      long firstMs = afterwards.getFirst().path("t").asLong();
      assertThat(late).allMatch(fix -> fix.t() < firstMs);
      String report = System.getProperty("proof.report");
      if (report != null) {
        Report.write(
            report,
            """
            %d s without a network, the page reloaded in the middle: %d fixes taken, %d stored, each
            once; %d of them came late, behind the newest one.
            """
                .formatted(SECONDS, phone.taken().size(), stored.size(), late.size()));
      }
    }
  }
}
