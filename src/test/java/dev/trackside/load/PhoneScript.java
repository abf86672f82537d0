package dev.trackside.load;

import dev.trackside.demo.RecordedCourse;
import dev.trackside.demo.RecordedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one phone will post, second by second, and what must be stored of it: a recorded run, begun
 * somewhere on its way. Each tenth post is the one before once more, as if its answer had been
 * lost.
 */
record PhoneScript(Tongue tongue, List<byte[]> requests, List<SentFix> fixes) {
  private static final int RESENT = 10;
  private static final List<Tongue> TONGUES = List.of(Tongue.values());
  private static final List<RecordedRun> RUNS =
      Arrays.stream(RecordedCourse.values()).map(RecordedRun::new).toList();

  /**
   * @param number which of the phones it is
   * @param startMs a whole second, epoch milliseconds
   */
  static PhoneScript of(int number, String key, long startMs, int seconds) {
    Tongue tongue = TONGUES.get(number % TONGUES.size());
    RecordedRun run = RUNS.get(number / TONGUES.size() % RUNS.size());
    var requests = new ArrayList<byte[]>();
    var all = new ArrayList<SentFix>();
    for (int second = 0; second < seconds; second++) {
      if (second > 0 && (second + number) % RESENT == 0) {
        requests.add(requests.getLast());
        continue;
      }
      int count = 1 + (number + second) % tongue.most;
      var fixes = new ArrayList<SentFix>();
      for (int i = 0; i < count; i++) {
        double at = second + i / (double) count;
        RecordedRun.Moment moment = run.at(number + at);
        fixes.add(
            tongue.said(
                startMs + Math.round(at * 1_000),
                moment.latDeg(),
                moment.lonDeg(),
                moment.speedMps()));
      }
      requests.add(tongue.request(key, fixes));
      all.addAll(fixes);
    }
    return new PhoneScript(tongue, requests, all);
  }
}
