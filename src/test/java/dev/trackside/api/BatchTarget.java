package dev.trackside.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.trackside.call.Problem;
import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.GoodFix;
import dev.trackside.fuzz.Target;
import dev.trackside.fuzz.TricklingBytes;
import dev.trackside.json.Json;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Fuzzes the reader of posted positions: however the bytes arrive, it finds the same positions,
 * accepts or refuses each, and treats an array like its elements one per line.
 */
public final class BatchTarget implements Target {
  private static final Runner ANNA = new Runner("anna");

  /** What became of a body: positions accepted and refused, or a refusal of the whole. */
  private sealed interface Outcome {
    record Taken(List<Fix> fixes, Map<Integer, String> refused) implements Outcome {
      int size() {
        return fixes.size() + refused.size();
      }
    }

    record Refused(int status, String words) implements Outcome {}
  }

  @Override
  public void take(byte[] bytes) throws Exception {
    Random chance = Expect.chance(bytes);
    Outcome outcome = outcome(new ByteArrayInputStream(bytes));
    int piece = 1 + chance.nextInt(chance.nextBoolean() ? 8 : 500);
    Outcome inPieces = outcome(new TricklingBytes(bytes, piece, chance));
    Expect.same(inPieces, outcome, "it does not matter how the bytes arrive");
    switch (outcome) {
      case Outcome.Refused(int status, String words) -> {
        Expect.that(status == 400 || status == 413, "the status says what is wrong", status);
        Expect.words(words);
      }
      case Outcome.Taken taken -> check(taken, bytes);
    }
  }

  private static Outcome outcome(InputStream body) throws IOException {
    try {
      Batch batch = new BatchReader(ANNA).read(body);
      return new Outcome.Taken(
          batch.fixes(),
          batch.refused().stream().collect(toMap(Batch.Refused::index, Batch.Refused::why)));
    } catch (Problem problem) {
      return new Outcome.Refused(problem.getStatus(), String.valueOf(problem.getMessage()));
    }
  }

  private static void check(Outcome.Taken taken, byte[] bytes) throws IOException {
    Expect.that(taken.size() >= 0 && taken.size() <= Batch.MOST, "few enough", taken.size());
    taken.refused.forEach(
        (index, why) -> {
          Expect.that(index >= 0 && index < taken.size(), "an index is that of a position", index);
          Expect.words(why);
        });
    taken.fixes.forEach(GoodFix::check);
    int first = first(bytes);
    if (first == '[') {
      checkArray(taken, bytes);
    } else {
      Expect.that(first == '{', "a body begins with a bracket", first);
      int lines = lines(bytes);
      Expect.that(
          taken.size() == lines || taken.size() == 1,
          "each line is accepted or refused",
          taken,
          lines);
    }
  }

  /** The elements of an array, one per line, are accepted and refused as in the array. */
  private static void checkArray(Outcome.Taken taken, byte[] bytes) throws IOException {
    var lines = new ByteArrayOutputStream();
    int count = 0;
    boolean objectFirst = false;
    try (JsonParser parser = Json.parser(bytes, 0, bytes.length)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        byte[] element = object ? inOneLine(bytes, from, to) : "0".getBytes(UTF_8);
        objectFirst |= count == 0 && object;
        lines.writeBytes(element);
        lines.write('\n');
        count++;
      }
    }
    Expect.that(taken.size() == count, "each element is accepted or refused", taken, count);
    if (objectFirst) {
      Outcome inLines = outcome(new ByteArrayInputStream(lines.toByteArray()));
      Expect.same(inLines, taken, "lines are read like an array");
    }
  }

  private static byte[] inOneLine(byte[] bytes, int from, int to) {
    byte[] line = Arrays.copyOfRange(bytes, from, to);
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
    }
    return line;
  }

  private static int first(byte[] bytes) {
    for (byte b : bytes) {
      if (!isBlank(b)) {
        return b;
      }
    }
    return -1;
  }

  private static int lines(byte[] bytes) {
    int lines = 0;
    boolean blank = true;
    for (byte b : bytes) {
      lines += blank && !isBlank(b) ? 1 : 0;
      blank = b == '\n' || (blank && isBlank(b));
    }
    return lines;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
