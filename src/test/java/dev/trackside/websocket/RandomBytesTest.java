package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser against its own rules, on random input. */
class RandomBytesTest {
  private static final int MUTATED_CASES = 200_000;
  private static final int[] CODES = {1002, 1003, 1007, 1008, 1009};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, 6455})
  void validMessagesArriveHoweverTheyAreCut(long seed) throws Violation {
    var random = new Random(seed);
    for (int i = 0; i < 400; i++) {
      var talk = new RandomTalk(random, 1 + random.nextInt(10), 300);
      var heard = new ParsedMessages();
      feed(new FrameParser(TestLimits.WITHOUT_FLOODS, false, heard), talk.bytes(), random);

      assertThat(heard.texts).isEqualTo(talk.texts());
      assertThat(heard.pings).isEqualTo(talk.pings());
    }
  }

  @Test
  void mutatedBytesEndInAViolationAtWorst() throws CharacterCodingException {
    var random = new Random(20_261_122);
    int violations = 0;
    int texts = 0;
    for (int i = 0; i < MUTATED_CASES; i++) {
      byte[] bytes = mutated(new RandomTalk(random, 1 + random.nextInt(3), 12).bytes(), random);
      var heard = new ParsedMessages();
      try {
        feed(new FrameParser(TestLimits.PATIENT, false, heard), bytes, random);
      } catch (Violation violation) {
        violations++;
        assertThat(Arrays.binarySearch(CODES, violation.code)).isNotNegative();
      }
      for (byte[] text : heard.raw) {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        texts++;
      }
    }
    assertThat(violations).isBetween(MUTATED_CASES / 10, MUTATED_CASES * 9 / 10);
    assertThat(texts).isGreaterThan(MUTATED_CASES / 10);
  }

  /** Gives the bytes to the parser in random pieces, as reads from a socket would. */
  private static void feed(FrameParser parser, byte[] bytes, Random random) throws Violation {
    var buffer = ByteBuffer.allocate(bytes.length);
    int given = 0;
    while (given < bytes.length) {
      int piece = 1 + random.nextInt(Math.min(bytes.length - given, 40));
      buffer.put(bytes, given, piece).flip();
      given += piece;
      int before = buffer.remaining();
      parser.parse(buffer);
      assertThat(buffer.remaining()).isLessThanOrEqualTo(before);
      buffer.compact();
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    var mutated = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) random.nextInt();
        case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
        default ->
            mutated =
                Wire.join(
                    Arrays.copyOf(mutated, at),
                    Arrays.copyOfRange(mutated, at / 2, mutated.length));
      }
    }
    return mutated;
  }
}
