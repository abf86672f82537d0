package dev.trackside.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.demo.Recording.Moment;
import dev.trackside.demo.Recording.Place;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ParticipantTest {
  private static final Runner X = new Runner("rehearsal/x");
  private static final Instant NOW = Instant.ofEpochMilli(1_763_777_000_000L);

  @Test
  void everybodyIsInTheRaceThatIsMarkedAsRehearsal() {
    assertThat(Participant.FIELD)
        .allMatch(one -> one.runner().race().equals("rehearsal"))
        .extracting(Participant::runner)
        .doesNotHaveDuplicates();
  }

  @Test
  void fieldIsSpreadOverTheMiddleOfTheCourseFromTheFirstMoment() throws IOException {
    Recording course = RecordedCourse.BEDFORD.recording();
    assertThat(Participant.FIELD)
        .allMatch(one -> one.start() > 0.1 && one.start() < 0.8)
        .extracting(one -> one.after(Duration.ZERO, course).place())
        .doesNotHaveDuplicates();
  }

  @Test
  void whoStretchesTheClockIsSlowerByAsMuch() throws IOException {
    Recording course = RecordedCourse.BEDFORD.recording();
    Duration later = Duration.ofSeconds(100);
    Moment slow = new Participant(X, "X", 0.5, 1.25).after(later, course);
    Moment asRecorded = course.at(0.5 * course.lapSeconds() + 80);
    assertThat(slow.place()).isEqualTo(asRecorded.place());
    assertThat(slow.speedMps()).isEqualTo(asRecorded.speedMps() / 1.25, within(1e-9));
  }

  @Test
  void fixIsAsAPhoneMakesIt() {
    var moment = new Moment(new Place(52.1234567, -0.4, Double.NaN), 3.456, 359.96);
    Fix fix = new Participant(X, "Chloé", 0, 1).fix(moment, NOW);
    assertThat(fix)
        .isEqualTo(
            new Fix(
                1_763_777_000_000L,
                52.123457,
                -0.4,
                Fix.UNKNOWN,
                Fix.UNKNOWN,
                3.46,
                360,
                Fix.UNKNOWN,
                Fix.UNKNOWN,
                Fix.UNKNOWN,
                "\"name\":\"Chloé\",\"rehearsal\":true"));
  }

  @Test
  void oneWhoStandsStillHasNoHeading() {
    var moment = new Moment(new Place(52, 0, 40), 0, Double.NaN);
    Fix fix = new Participant(X, "X", 0, 1).fix(moment, NOW);
    assertThat(fix.altM()).isEqualTo(40);
    assertThat(fix.headingDeg()).isNaN();
  }
}
