package dev.trackside.loadtest.race;

import dev.trackside.loadtest.race.Recording.Moment;

/** How one runner runs a recording, over and over: with a head start and at their own pace. */
record Course(Recording recording, double headStartSeconds, double pace) {
  private static final double APART_SECONDS = 3;
  private static final double SLOWEST = 0.85;
  private static final double SPREAD = 0.3;
  private static final double ACCURACY_M = 4;
  private static final int FULL_PERCENT = 100;
  private static final int SECONDS_A_PERCENT = 240;

  static Course of(int runner, Plan plan) {
    var recording = plan.recordings().get(runner % plan.recordings().size());
    double part = runner * 0.618_033_988_75 % 1;
    return new Course(recording, runner * APART_SECONDS, SLOWEST + SPREAD * part);
  }

  /** What the runner's phone measures after some time. */
  Fix after(double seconds, long momentMicros) {
    Moment moment = recording.at(headStartSeconds + seconds * pace);
    double wobbleM = ACCURACY_M + 2 * Math.sin(seconds / 7);
    return new Fix(
        momentMicros,
        moment.place().latDeg(),
        moment.place().lonDeg(),
        moment.place().altM(),
        wobbleM,
        moment.speedMps() * pace,
        moment.headingDeg(),
        FULL_PERCENT - (int) (seconds / SECONDS_A_PERCENT) % FULL_PERCENT);
  }
}
