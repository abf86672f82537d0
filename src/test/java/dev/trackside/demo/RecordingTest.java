package dev.trackside.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.demo.Recording.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecordingTest {
  private static Recording of(String... fixes) throws IOException {
    String gpx =
        "<gpx version='1.1' creator='test' xmlns='http://www.topografix.com/GPX/1/1'><trk><trkseg>"
            + String.join("", fixes)
            + "</trkseg></trk></gpx>";
    return Recording.read(new ByteArrayInputStream(gpx.getBytes(UTF_8)));
  }

  private static String fix(double lat, double lon, int second) {
    return "<trkpt lat='%s' lon='%s'><ele>%d</ele><time>2020-01-01T00:%02d:%02dZ</time></trkpt>"
        .formatted(lat, lon, second, second / 60, second % 60);
  }

  private static Recording north() throws IOException {
    return of(fix(0, 0, 0), fix(0.001, 0, 40));
  }

  @Test
  void placesBetweenFixesLieOnTheWay() throws IOException {
    Place place = north().at(10).place();
    assertThat(place.latDeg()).isEqualTo(0.00025, within(1e-9));
    assertThat(place.altM()).isEqualTo(10, within(1e-9));
  }

  @Test
  void speedAndHeadingAreThoseOfTheFixes() throws IOException {
    var moment = north().at(20);
    assertThat(moment.speedMps()).isEqualTo(111.195 / 40, within(0.001));
    assertThat(moment.headingDeg()).isEqualTo(0, within(0.001));
  }

  @Test
  void runnerGoesBackFromTheEndToTheStartAndRoundAgain() throws IOException {
    Recording recording = north();
    assertThat(recording.lapSeconds()).isEqualTo(80, within(0.001));
    assertThat(recording.at(60).headingDeg()).isEqualTo(180, within(0.001));
    assertThat(recording.at(80 + 10).place()).isEqualTo(recording.at(10).place());
  }

  @Test
  void oneWhoStandsStillHasNoHeading() throws IOException {
    Recording recording = of(fix(0, 0, 0), fix(0, 0, 100), fix(0.001, 0, 140));
    assertThat(recording.at(50).headingDeg()).isNaN();
    assertThat(recording.at(50).speedMps()).isZero();
  }

  @Test
  void fixesWithoutTimeOrOutOfOrderOrNowhereAreLeftOut() throws IOException {
    Recording recording =
        of(
            fix(0, 0, 10),
            "<trkpt lat='5' lon='5'/>",
            "<trkpt lat='NaN' lon='5'><time>2020-01-01T00:00:20Z</time></trkpt>",
            fix(7, 7, 5),
            fix(7, 7, 10),
            fix(0.001, 0, 50));
    assertThat(recording.at(20).place().latDeg()).isEqualTo(0.0005, within(1e-9));
  }

  @Test
  void recordingWithoutARunIsRefused() {
    assertThatThrownBy(() -> of(fix(0, 0, 0)))
        .hasMessage("a recording must hold two fixes with a time, got 1");
    assertThatThrownBy(() -> of(fix(1, 1, 0), fix(1, 1, 9))).hasMessageContaining("stands still");
  }

  @ParameterizedTest
  @EnumSource
  void recordingsThatComeWithTheServerAreRunnersWhoNeverJump(RecordedCourse course)
      throws IOException {
    Recording recording = course.recording();
    double metres = 0;
    for (double second = 0; second < 2 * recording.lapSeconds(); second++) {
      Place here = recording.at(second).place();
      assertThat(here.isReal()).isTrue();
      double step = here.metresTo(recording.at(second + 1).place());
      assertThat(step).isLessThan(10);
      metres += step;
    }
    assertThat(metres / 2).isBetween(4_400.0, 6_000.0);
  }
}
