package dev.trackside.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.demo.Recording.Moment;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ParticipantTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_763_777_000_000L);

  @Test
  void everybodyIsInTheRaceThatIsMarkedAsRehearsal() {
    assertThat(Participant.FIELD)
        .allMatch(one -> new Feed.Race("rehearsal").holds(new Runner(one.id())))
        .extracting(Participant::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void fieldIsSpreadOverTheMiddleOfTheCourseFromTheFirstMoment() throws IOException {
    Recording course = Course.BEDFORD.recording();
    assertThat(Participant.FIELD)
        .allMatch(one -> one.start() > 0.1 && one.start() < 0.8)
        .extracting(one -> one.after(Duration.ZERO, course).place())
        .doesNotHaveDuplicates();
  }

  @Test
  void whoStretchesTheClockIsSlowerByAsMuch() throws IOException {
    Recording course = Course.BEDFORD.recording();
    Duration later = Duration.ofSeconds(100);
    Moment slow = new Participant("rehearsal/x", "X", 0.5, 1.25).after(later, course);
    Moment asRecorded = course.at(0.5 * course.lapSeconds() + 80);
    assertThat(slow.place()).isEqualTo(asRecorded.place());
    assertThat(slow.speedMps()).isEqualTo(asRecorded.speedMps() / 1.25, within(1e-9));
  }

  @Test
  void messageIsAPositionAsAPhoneSendsIt() {
    var moment = new Moment(new Place(52.1234567, -0.4, Double.NaN), 3.456, 359.96);
    String message = new Participant("rehearsal/x", "Chloé", 0, 1).message(moment, NOW);
    assertThat(new JsonMapper().readTree(message))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"id":"rehearsal/x","t":1763777000000,"lat":52.123457,"lon":-0.400000,
                     "speed":3.46,"heading":360.0,"name":"Chloé","rehearsal":true}
                    """));
  }

  @Test
  void oneWhoStandsStillSendsNoHeading() {
    var moment = new Moment(new Place(52, 0, 40), 0, Double.NaN);
    String message = new Participant("rehearsal/x", "X", 0, 1).message(moment, NOW);
    assertThat(message).contains("\"alt\":40.0").doesNotContain("heading");
  }
}
