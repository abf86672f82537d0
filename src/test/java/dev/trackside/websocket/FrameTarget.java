package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The frame parser: however the bytes are cut, it hears the same and finds the same fault, keeps no
 * more than a message, and says only what may be said in a Close frame.
 */
public final class FrameTarget implements Target {
  private static final int MOST_BYTES = 300;
  private static final int LONGEST_HEADER = 14;
  private static final int LONGEST_REASON = Frames.MOST_CONTROL_BYTES - 2;
  private static final ConnectionLimits WITHOUT_FLOODS = limits(Integer.MAX_VALUE);
  private static final ConnectionLimits USUAL = limits(10);

  private static ConnectionLimits limits(int idleFrames) {
    Duration any = Duration.ofSeconds(1);
    return new ConnectionLimits(MOST_BYTES, any, idleFrames, any, any, any, any, 0);
  }

  /** What the parser made of the bytes; the fault, if there was one, comes last. */
  private static final class Told implements FrameParser.Handler {
    final List<String> words = new ArrayList<>();
    int fault;

    @Override
    public void text(byte[] bytes, int length) {
      Expect.that(length <= MOST_BYTES, "a message is not longer than allowed", length);
      words.add("text " + decoded(bytes, length));
    }

    @Override
    public void ping(byte[] payload) {
      Expect.that(payload.length <= Frames.MOST_CONTROL_BYTES, "a ping is short", payload.length);
      words.add("ping " + HexFormat.of().formatHex(payload));
    }

    @Override
    public void goodbye(int code) {
      boolean known = code == CloseCode.NO_STATUS || CloseCode.mayBeSent(code);
      Expect.that(known, "a closing code is one", code);
      words.add("goodbye " + code);
    }

    void violation(Violation violation) {
      String reason = String.valueOf(violation.getMessage());
      Expect.that(CloseCode.mayBeSent(violation.code), "the code may be sent", violation.code);
      Expect.that(reason.getBytes(UTF_8).length <= LONGEST_REASON, "the reason fits", reason);
      Expect.words(reason);
      words.add("violation " + violation.code + " " + reason);
      fault = violation.code;
    }

    private static String decoded(byte[] bytes, int length) {
      try {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      } catch (CharacterCodingException e) {
        throw new AssertionError("text is UTF-8", e);
      }
    }
  }

  @Override
  public void take(byte[] bytes) {
    take(bytes, false);
    take(bytes, true);
  }

  private static void take(byte[] bytes, boolean inflates) {
    Random chance = Expect.chance(bytes);
    Told whole = told(bytes, inflates, WITHOUT_FLOODS, bytes.length, null);
    Told single = told(bytes, inflates, WITHOUT_FLOODS, 1, null);
    Told cut = told(bytes, inflates, WITHOUT_FLOODS, 1 + chance.nextInt(40), chance);
    Expect.same(single.words, whole.words, "byte by byte it is the same");
    Expect.same(cut.words, whole.words, "in pieces it is the same");
    byte[] other = remasked(bytes, chance.nextInt());
    Told masked = told(other, inflates, WITHOUT_FLOODS, bytes.length, null);
    Expect.same(masked.words, whole.words, "under other masks it is the same");
    checkFlood(told(bytes, inflates, USUAL, bytes.length, null), whole);
  }

  /** The same frames, as far as they are whole, each under another mask. */
  private static byte[] remasked(byte[] bytes, int change) {
    byte[] other = bytes.clone();
    var in = ByteBuffer.wrap(bytes);
    for (int at = 0; at + 2 <= bytes.length && bytes[at + 1] < 0; ) {
      int shortLength = bytes[at + 1] & 0x7F;
      int mask = at + (shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10);
      if (mask + 4 > bytes.length) {
        return other;
      }
      long length =
          switch (shortLength) {
            case 126 -> in.getShort(at + 2) & 0xFFFF;
            case 127 -> in.getLong(at + 2);
            default -> shortLength;
          };
      if (length < 0 || length > bytes.length - mask - 4) {
        return other;
      }
      at = mask + 4 + (int) length;
      for (int i = mask; i < at; i++) {
        other[i] ^= (byte) (change >>> (24 - 8 * ((i - mask) % 4)));
      }
    }
    return other;
  }

  private static void checkFlood(Told bounded, Told whole) {
    if (bounded.fault == CloseCode.POLICY) {
      List<String> before = bounded.words.subList(0, bounded.words.size() - 1);
      Expect.that(before.size() <= whole.words.size(), "a flood ends it early", before.size());
      Expect.same(before, whole.words.subList(0, before.size()), "until the flood it is the same");
    } else {
      Expect.same(bounded.words, whole.words, "without a flood it is the same");
    }
  }

  /** Gives the bytes to a parser as reads from a socket would, each of up to {@code piece}. */
  private static Told told(
      byte[] bytes, boolean inflates, ConnectionLimits limits, int piece, @Nullable Random chance) {
    var told = new Told();
    var parser = new FrameParser(limits, inflates, told);
    var in = ByteBuffer.allocate(bytes.length);
    int given = 0;
    try {
      while (given < bytes.length) {
        int most = Math.min(piece, bytes.length - given);
        int count = chance == null ? most : 1 + chance.nextInt(most);
        in.put(bytes, given, count).flip();
        given += count;
        parser.parse(in);
        Expect.that(in.remaining() < LONGEST_HEADER + MOST_BYTES, "little is kept", in.remaining());
        in.compact();
      }
    } catch (Violation violation) {
      told.violation(violation);
    }
    return told;
  }
}
