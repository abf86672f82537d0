package dev.trackside.loadtest.bench;

/**
 * A spectator who knows what he should have: runners number their positions, so a number that is
 * missing is lost, unless it was said to be left out. For the listening thread.
 */
final class Watcher extends Ear {
  private static final byte[] NUMBER = Fields.name("n");
  private static final byte[] SEQ = Fields.name("seq");
  private static final byte[] STAMP = Fields.name("stamp");
  private static final byte[] SKIPPED = Fields.name("skipped");
  private static final byte[] RESET =
      "\"type\":\"reset\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /** What he does to the server. */
  enum Manner {
    STEADY,
    STALLING,
    VANISHING
  }

  private final Manner manner;
  private final String feed;
  private final String idInMessages;
  private final byte[] idPrefix;
  private final long[] newest;
  private final Crowd crowd;
  private long seq;
  private long openedMicros;
  private boolean again;

  /** When he heard of a position that was sent after this, he is back; 0 when he is. */
  long awaitsAfterMicros;

  /** When he is to come back, or to change what he does; on the crowd's clock. */
  long nextMicros;

  /** Whether he has just left because he wanted to. */
  boolean leaving;

  /** Whether he has been silent for so long that the server must have ended his connection. */
  boolean gone;

  /** Since when he does not answer. */
  long deafSinceMicros;

  /** How often he has tried in vain. */
  int attempts;

  /**
   * @param race of whom everybody is followed
   */
  static Watcher ofRace(Manner manner, String race, int runners, Crowd crowd) {
    return new Watcher(manner, race + "/*", race + "/", runners, crowd);
  }

  static Watcher ofRunner(Manner manner, String race, int runner, Crowd crowd) {
    return new Watcher(manner, race + "/" + runner, race + "/", 1, crowd);
  }

  private Watcher(Manner manner, String feed, String idInMessages, int runners, Crowd crowd) {
    this.manner = manner;
    this.feed = feed;
    this.idInMessages = idInMessages;
    this.idPrefix =
        ("\"id\":\"" + idInMessages).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    this.newest = new long[runners];
    this.crowd = crowd;
  }

  Manner manner() {
    return manner;
  }

  String feed() {
    return feed;
  }

  @Override
  int receiveBytes() {
    return manner == Manner.STALLING ? 8 * 1024 : 0;
  }

  @Override
  String registration() {
    String pace = newest.length > 1 ? ",\"pace\":0" : "";
    return "{\"follow\":[\""
        + feed
        + "\"]"
        + pace
        + (seq == 0 ? "}" : ",\"after\":" + seq + ",\"trail\":1000}");
  }

  @Override
  void opened() {
    openedMicros = Clock.micros();
    again = false;
    attempts = 0;
    crowd.opened(this);
  }

  @Override
  void heard(byte[] bytes, int from, int to) {
    long number = Fields.number(bytes, from, to, NUMBER);
    if (number < 0) {
      if (Fields.behind(bytes, from, Math.min(to, from + 40), RESET) >= 0) {
        again = true;
        crowd.tally.resets++;
      }
      return;
    }
    int runner = 0;
    if (newest.length > 1) {
      runner = (int) Fields.digits(bytes, Fields.behind(bytes, from, to, idPrefix), to);
    }
    count(runner, number, Math.max(0, Fields.number(bytes, from, to, SKIPPED)));
    long nowSeq = Fields.number(bytes, from, to, SEQ);
    if (nowSeq <= seq && !again) {
      crowd.tally.disordered++;
    }
    seq = Math.max(seq, nowSeq);
    long stamp = Fields.number(bytes, from, to, STAMP);
    if (stamp > openedMicros && manner == Manner.STEADY) {
      crowd.tally.latency(Clock.micros() - stamp);
    }
    if (awaitsAfterMicros > 0 && stamp >= awaitsAfterMicros) {
      awaitsAfterMicros = 0;
      crowd.live(this);
    }
  }

  private void count(int runner, long number, long skipped) {
    long before = newest[runner];
    var tally = crowd.tally;
    if (number <= before) {
      tally.duplicates += again ? 0 : 1;
      return;
    }
    tally.delivered++;
    if (before > 0) {
      tally.skipped += skipped;
      tally.lost(feed, before + skipped, number);
    }
    newest[runner] = number;
  }

  /** Counts as lost what did not come until the end. */
  void end(Phone[] phones) {
    for (int i = 0; i < newest.length; i++) {
      int runner = newest.length > 1 ? i : Integer.parseInt(feed.substring(idInMessages.length()));
      crowd.tally.lost(feed, newest[i], phones[runner].newest() + 1);
    }
  }

  @Override
  void ended() {
    crowd.lost(this);
  }
}
