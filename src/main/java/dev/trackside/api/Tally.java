package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.track.Verdict;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What became of the positions of one call. Not for several threads. */
final class Tally {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SortedMap<Integer, String> refused;
  private int accepted;
  private int late;
  private int duplicate;
  private long greatestSeq;

  /**
   * @param verdicts one for each of the batch's fixes
   */
  Tally(Batch batch, List<Verdict> verdicts) {
    refused = new TreeMap<>(batch.refused());
    int index = 0;
    for (Verdict verdict : verdicts) {
      while (refused.containsKey(index)) {
        index++;
      }
      count(index++, verdict);
    }
  }

  private void count(int index, Verdict verdict) {
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
      case Verdict.Refused(String why) -> refused.put(index, why);
      case Verdict.NoRoom(String why) -> throw Problem.notAllowed(why);
    }
  }

  byte[] json() {
    var answer =
        MAPPER
            .createObjectNode()
            .put("accepted", accepted)
            .put("late", late)
            .put("duplicate", duplicate);
    ArrayNode list = answer.putArray("refused");
    refused.forEach((index, why) -> list.addObject().put("index", index).put("message", why));
    return MAPPER.writeValueAsBytes(answer.put("seq", greatestSeq));
  }
}
