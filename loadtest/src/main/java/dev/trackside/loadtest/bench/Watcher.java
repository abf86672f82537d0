package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A spectator that checks what it gets: runners number their positions, so a missing number is a
 * lost position unless the server announced it as skipped. For the loop's thread.
 */
final class Watcher extends Client {
  private static final byte[] NUMBER = JsonFields.name("n");
  private static final byte[] SEQ = JsonFields.name("seq");
  private static final byte[] STAMP = JsonFields.name("stamp");
  private static final byte[] SKIPPED = JsonFields.name("skipped");
  private static final byte[] RESET = "\"type\":\"reset\"".getBytes(US_ASCII);

  /** How the spectator treats the server. */
  enum Behaviour {
    STEADY,
    STALLING,
    VANISHING
  }

  private final Behaviour behaviour;
  private final String feed;
  private final String idInMessages;
  private final byte[] idPrefix;
  private final long[] newest;
  private final Crowd crowd;
  private long seq;
  private long openedMicros;
  private boolean again;

  /** It is live once it gets a position sent after this time; 0 once it is. */
  long awaitsAfterMicros;

  /** When it comes back or changes its behaviour. */
  long nextMicros;

  /** Whether it has just left on purpose. */
  boolean leaving;

  /** Whether it has been silent for so long that the server must have ended the connection. */
  boolean gone;

  /** Since when it has not answered. */
  long stalledSinceMicros;

  /** How often it has failed to reconnect. */
  int attempts;

  /** A spectator of everybody in a race. */
  static Watcher ofRace(Behaviour behaviour, String race, int runners, Crowd crowd) {
    return new Watcher(behaviour, race + "/*", race + "/", runners, crowd);
  }

  static Watcher ofRunner(Behaviour behaviour, String race, int runner, Crowd crowd) {
    return new Watcher(behaviour, race + "/" + runner, race + "/", 1, crowd);
  }

  private Watcher(Behaviour behaviour, String feed, String idInMessages, int runners, Crowd crowd) {
    this.behaviour = behaviour;
    this.feed = feed;
    this.idInMessages = idInMessages;
    this.idPrefix = ("\"id\":\"" + idInMessages).getBytes(US_ASCII);
    this.newest = new long[runners];
    this.crowd = crowd;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  String feed() {
    return feed;
  }

  @Override
  int receiveBytes() {
    return behaviour == Behaviour.STALLING ? 8 * 1024 : 0;
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
    openedMicros = WallClock.micros();
    again = false;
    attempts = 0;
    crowd.opened(this);
  }

  @Override
  void message(byte[] bytes, int from, int to) {
    long number = JsonFields.number(bytes, from, to, NUMBER);
    if (number < 0) {
      if (JsonFields.after(bytes, from, Math.min(to, from + 40), RESET) >= 0) {
        again = true;
        crowd.counts.resets++;
      }
      return;
    }
    int runner = 0;
    if (newest.length > 1) {
      runner = (int) JsonFields.digits(bytes, JsonFields.after(bytes, from, to, idPrefix), to);
    }
    count(runner, number, Math.max(0, JsonFields.number(bytes, from, to, SKIPPED)));
    long nowSeq = JsonFields.number(bytes, from, to, SEQ);
    if (nowSeq <= seq && !again) {
      crowd.counts.disordered++;
    }
    seq = Math.max(seq, nowSeq);
    long stamp = JsonFields.number(bytes, from, to, STAMP);
    if (stamp > openedMicros && behaviour == Behaviour.STEADY) {
      crowd.counts.latency(WallClock.micros() - stamp);
    }
    if (awaitsAfterMicros > 0 && stamp >= awaitsAfterMicros) {
      awaitsAfterMicros = 0;
      crowd.live(this);
    }
  }

  private void count(int runner, long number, long skipped) {
    long before = newest[runner];
    var counts = crowd.counts;
    if (number <= before) {
      counts.duplicates += again ? 0 : 1;
      return;
    }
    counts.delivered++;
    if (before > 0) {
      counts.skipped += skipped;
      counts.lost(feed, before + skipped, number);
    }
    newest[runner] = number;
  }

  /** Counts what has not arrived by the end as lost. */
  void end(Phone[] phones) {
    for (int i = 0; i < newest.length; i++) {
      int runner = newest.length > 1 ? i : Integer.parseInt(feed.substring(idInMessages.length()));
      crowd.counts.lost(feed, newest[i], phones[runner].newest() + 1);
    }
  }

  @Override
  void ended() {
    crowd.lost(this);
  }
}
