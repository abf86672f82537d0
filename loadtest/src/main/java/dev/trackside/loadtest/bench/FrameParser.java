package dev.trackside.loadtest.bench;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Finds whole frames in the bytes read. For one thread. */
final class FrameParser {
  private static final int COMPRESSED = 0x40;
  private static final int LARGEST = 1 << 20;
  private static final byte[] END = {0, 0, (byte) 0xff, (byte) 0xff};

  private final Inflater inflater = new Inflater(true);
  private final byte[] inflated = new byte[LARGEST];
  private byte[] deflated = new byte[4096];

  /** The end of a response's head, or 0 when the head is not complete. */
  static int endOfHead(byte[] bytes, int to) throws IOException {
    for (int i = 3; i < to; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
        if (bytes[9] != '1' || bytes[10] != '0' || bytes[11] != '1') {
          throw new IOException("the handshake was refused");
        }
        return i + 1;
      }
    }
    return 0;
  }

  /** Passes each whole message to the client, and returns the index of the rest. */
  int parse(Client client, byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (to - at >= 2) {
      int length = bytes[at + 1] & 0x7f;
      int head = 2;
      if (length == 126) {
        head = 4;
        if (to - at < head) {
          break;
        }
        length = ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
      } else if (length == 127) {
        head = 10;
        if (to - at < head) {
          break;
        }
        length = 0;
        for (int i = 2; i < head; i++) {
          length = (length << 8) | (bytes[at + i] & 0xff);
        }
      }
      if (to - at - head < length) {
        break;
      }
      frame(client, bytes, bytes[at], at + head, length);
      at += head + length;
    }
    return at;
  }

  private void frame(Client client, byte[] bytes, int first, int from, int length)
      throws IOException {
    switch (first & 0x0f) {
      case Frames.TEXT, Frames.BINARY -> {
        if ((first & COMPRESSED) == 0) {
          client.message(bytes, from, from + length);
        } else {
          client.message(inflated, 0, inflate(bytes, from, length));
        }
      }
      case Frames.PING -> client.send(Frames.frame(Frames.PONG, bytes, from, length));
      case Frames.CLOSE -> {
        client.send(Frames.frame(Frames.CLOSE, bytes, from, Math.min(2, length)));
        throw new IOException("the server closed the connection");
      }
      default -> {}
    }
  }

  private int inflate(byte[] bytes, int from, int length) throws IOException {
    if (deflated.length < length + END.length) {
      deflated = new byte[2 * length + END.length];
    }
    System.arraycopy(bytes, from, deflated, 0, length);
    System.arraycopy(END, 0, deflated, length, END.length);
    inflater.reset();
    inflater.setInput(deflated, 0, length + END.length);
    try {
      int total = 0;
      for (int some = -1; some != 0 && total < LARGEST; total += some) {
        some = inflater.inflate(inflated, total, LARGEST - total);
      }
      return total;
    } catch (DataFormatException e) {
      throw new IOException("a frame that cannot be unpacked", e);
    }
  }
}
