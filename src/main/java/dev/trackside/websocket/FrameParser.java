package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses a client's frames, checks them against RFC 6455 and the limits, and hands their contents
 * on. It keeps nothing but an unfinished fragmented message. One thread at a time.
 */
final class FrameParser {
  /** Receives what frames contain. Text is valid UTF-8, and valid only during the call. */
  interface Handler {
    void text(byte[] bytes, int length);

    void ping(byte[] payload);

    void goodbye(int code);
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final ThreadLocal<byte[]> SCRATCH = new ThreadLocal<>();
  private static final ThreadLocal<byte[]> INFLATED = new ThreadLocal<>();
  private static final long SECOND_NANOS = 1_000_000_000;

  private final ConnectionLimits limits;
  private final boolean inflates;
  private final Handler handler;
  private byte @Nullable [] message;
  private int messageLength;
  private boolean messageIsAscii;
  private boolean messageIsDeflated;
  private long secondStartedNanos;
  private int idleFramesInSecond;

  /**
   * @param inflates whether the client may compress its messages (RFC 7692)
   */
  FrameParser(ConnectionLimits limits, boolean inflates, Handler handler) {
    this.limits = limits;
    this.inflates = inflates;
    this.handler = handler;
  }

  /** Whether a fragmented message is unfinished. */
  boolean midMessage() {
    return message != null;
  }

  /**
   * Consumes all whole frames in {@code in}, big-endian, and leaves an unfinished one.
   *
   * @return whether a message, or a control frame outside a message, has ended, so that anything
   *     unfinished began after it
   * @throws Violation if a rule is broken, as soon as the frame's header is complete
   */
  boolean parse(ByteBuffer in) throws Violation {
    boolean ended = false;
    while (in.remaining() >= 2) {
      int start = in.position();
      int first = in.get(start);
      int second = in.get(start + 1);
      int opcode = first & 0xF;
      boolean last = first < 0;
      check(first, second, opcode, last);
      int shortLength = second & 0x7F;
      int lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
      if (in.remaining() < 2 + lengthBytes) {
        return ended;
      }
      long length =
          switch (lengthBytes) {
            case 0 -> shortLength;
            case 2 -> in.getShort(start + 2) & 0xFFFF;
            default -> in.getLong(start + 2);
          };
      checkLength(length, lengthBytes, opcode);
      int header = 2 + lengthBytes + 4;
      if (in.remaining() < header + length) {
        return ended;
      }
      if (opcode != Frames.TEXT || length == 0) {
        countIdleFrame();
      }
      int mask = in.getInt(start + header - 4);
      in.position(start + header);
      if (opcode == Frames.TEXT) {
        messageIsDeflated = (first & Frames.DEFLATED) != 0;
      }
      take(opcode, last, in, (int) length, mask);
      ended |= message == null;
    }
    return ended;
  }

  private void check(int first, int second, int opcode, boolean last) throws Violation {
    boolean data = opcode == Frames.TEXT || opcode == Frames.BINARY;
    int allowed = inflates && data ? Frames.DEFLATED : 0;
    if ((first & 0x70 & ~allowed) != 0) {
      throw new Violation(CloseCode.PROTOCOL_ERROR, "reserved bits must be zero");
    }
    if (second >= 0) {
      throw new Violation(CloseCode.PROTOCOL_ERROR, "a client must mask its frames");
    }
    switch (opcode) {
      case Frames.TEXT -> {
        if (message != null) {
          throw new Violation(
              CloseCode.PROTOCOL_ERROR, "a message began before the last one had ended");
        }
      }
      case Frames.CONTINUATION -> {
        if (message == null) {
          throw new Violation(CloseCode.PROTOCOL_ERROR, "there is no message to continue");
        }
      }
      case Frames.BINARY -> throw new Violation(CloseCode.UNSUPPORTED, "send text, not binary");
      case Frames.CLOSE, Frames.PING, Frames.PONG -> {
        if (!last) {
          throw new Violation(CloseCode.PROTOCOL_ERROR, "a control frame must not be fragmented");
        }
      }
      default -> throw new Violation(CloseCode.PROTOCOL_ERROR, "opcode " + opcode + " is reserved");
    }
  }

  private void checkLength(long length, int lengthBytes, int opcode) throws Violation {
    if ((lengthBytes == 2 && length < 126) || (lengthBytes == 8 && length >>> 16 == 0)) {
      throw new Violation(CloseCode.PROTOCOL_ERROR, "a length must take as few bytes as it can");
    }
    if (length < 0) {
      throw new Violation(CloseCode.PROTOCOL_ERROR, "a length must not be negative");
    }
    if (opcode >= Frames.CLOSE) {
      if (length > Frames.MOST_CONTROL_BYTES) {
        throw new Violation(
            CloseCode.PROTOCOL_ERROR, "a control frame holds at most 125 bytes, not " + length);
      }
    } else if (length > limits.messageBytes() - (message == null ? 0 : messageLength)) {
      throw tooLarge();
    }
  }

  private Violation tooLarge() {
    return new Violation(
        CloseCode.TOO_LARGE, "a message has at most " + limits.messageBytes() + " bytes");
  }

  private void countIdleFrame() throws Violation {
    long now = System.nanoTime();
    if (now - secondStartedNanos >= SECOND_NANOS || idleFramesInSecond == 0) {
      secondStartedNanos = now;
      idleFramesInSecond = 0;
    }
    if (++idleFramesInSecond > limits.idleFrames()) {
      throw new Violation(
          CloseCode.POLICY,
          "more than " + limits.idleFrames() + " control, empty or continuation frames a second");
    }
  }

  private void take(int opcode, boolean last, ByteBuffer in, int length, int mask)
      throws Violation {
    switch (opcode) {
      case Frames.TEXT -> {
        if (last) {
          byte[] text = scratch(SCRATCH);
          boolean ascii = unmask(in, length, mask, text, 0);
          hand(text, length, ascii);
        } else {
          message = new byte[limits.messageBytes() + Long.BYTES];
          messageLength = 0;
          messageIsAscii = true;
          append(message, in, length, mask);
        }
      }
      case Frames.CONTINUATION -> {
        byte[] text = message;
        if (text != null) {
          append(text, in, length, mask);
          if (last) {
            message = null;
            hand(text, messageLength, messageIsAscii);
          }
        }
      }
      case Frames.PING -> handler.ping(payload(in, length, mask));
      case Frames.CLOSE -> takeClose(payload(in, length, mask));
      default -> in.position(in.position() + length);
    }
  }

  private void append(byte[] text, ByteBuffer in, int length, int mask) {
    messageIsAscii &= unmask(in, length, mask, text, messageLength);
    messageLength += length;
  }

  private void hand(byte[] bytes, int length, boolean ascii) throws Violation {
    if (messageIsDeflated) {
      byte[] text = scratch(INFLATED);
      int inflated = Deflate.inflate(bytes, length, text);
      if (inflated > limits.messageBytes()) {
        throw tooLarge();
      }
      checkUtf8(text, 0, inflated);
      handler.text(text, inflated);
      return;
    }
    if (!ascii) {
      checkUtf8(bytes, 0, length);
    }
    handler.text(bytes, length);
  }

  private void takeClose(byte[] payload) throws Violation {
    if (payload.length == 0) {
      handler.goodbye(CloseCode.NO_STATUS);
      return;
    }
    int code = payload.length == 1 ? 0 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    if (!CloseCode.mayBeSent(code)) {
      throw new Violation(CloseCode.PROTOCOL_ERROR, "a Close frame must hold a closing code");
    }
    checkUtf8(payload, 2, payload.length - 2);
    handler.goodbye(code);
  }

  private byte[] payload(ByteBuffer in, int length, int mask) {
    var padded = new byte[length + Long.BYTES];
    unmask(in, length, mask, padded, 0);
    return Arrays.copyOf(padded, length);
  }

  /** Room for one message and eight more bytes. */
  private byte[] scratch(ThreadLocal<byte[]> of) {
    byte[] scratch = of.get();
    if (scratch == null || scratch.length < limits.messageBytes() + Long.BYTES) {
      scratch = new byte[limits.messageBytes() + Long.BYTES];
      of.set(scratch);
    }
    return scratch;
  }

  /** Copies and unmasks; returns whether all is ASCII. {@code to} has eight bytes to spare. */
  private static boolean unmask(ByteBuffer in, int length, int mask, byte[] to, int offset) {
    int from = in.position();
    long mask8 = (mask & 0xFFFF_FFFFL) << 32 | (mask & 0xFFFF_FFFFL);
    long seen = 0;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long plain = in.getLong(from + i) ^ mask8;
      LONGS.set(to, offset + i, plain);
      seen |= plain;
    }
    for (; i < length; i++) {
      byte plain = (byte) (in.get(from + i) ^ (mask >>> (24 - 8 * (i & 3))));
      to[offset + i] = plain;
      seen |= plain;
    }
    in.position(from + length);
    return (seen & HIGH_BITS) == 0;
  }

  private static void checkUtf8(byte[] bytes, int offset, int length) throws Violation {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
    } catch (CharacterCodingException e) {
      throw new Violation(CloseCode.BAD_TEXT, "text must be UTF-8");
    }
  }
}
