package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.track.Fix;
import dev.trackside.track.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The positions of one call. For one thread.
 *
 * @param fixes the good ones
 * @param refused why the others are refused
 */
record Batch(List<Fix> fixes, List<Refused> refused) {
  /** A position that is refused, by its place in the body. */
  record Refused(int index, String why) {}

  static final int MOST = 10_000;

  Batch() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void add(Fix fix) {
    fixes.add(fix);
    check();
  }

  void refuse(String why) {
    refused.add(new Refused(size(), why));
    check();
  }

  private void check() {
    if (size() > MOST) {
      throw Problem.tooLarge("A call takes at most " + MOST + " positions, got more.");
    }
  }

  /** All of them, good or not. */
  int size() {
    return fixes.size() + refused.size();
  }

  /**
   * What became of each position, as a JSON object.
   *
   * @param verdicts one for each fix
   * @throws Problem when there is no room for an unclaimed runner
   */
  ObjectNode answer(List<Verdict> verdicts) {
    var allRefused = new TreeMap<Integer, String>();
    refused.forEach(one -> allRefused.put(one.index, one.why));
    int accepted = 0;
    int late = 0;
    int duplicate = 0;
    long greatestSeq = 0;
    int index = 0;
    for (Verdict verdict : verdicts) {
      while (allRefused.containsKey(index)) {
        index++;
      }
      switch (verdict) {
        case Verdict.Accepted(long seq) -> {
          accepted++;
          greatestSeq = Math.max(greatestSeq, seq);
        }
        case Verdict.Late(long seq) -> {
          late++;
          greatestSeq = Math.max(greatestSeq, seq);
        }
        case Verdict.Duplicate(long seq) -> {
          duplicate++;
          greatestSeq = Math.max(greatestSeq, seq);
        }
        case Verdict.Refused(String why) -> allRefused.put(index, why);
        case Verdict.NoRoom(String why) -> throw Problem.notAllowed(why);
      }
      index++;
    }
    ObjectNode answer = Reply.object();
    answer.put("accepted", accepted).put("late", late).put("duplicate", duplicate);
    ArrayNode list = answer.putArray("refused");
    allRefused.forEach((at, why) -> list.addObject().put("index", at).put("message", why));
    return answer.put("seq", greatestSeq);
  }
}
