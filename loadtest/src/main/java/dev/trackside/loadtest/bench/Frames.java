package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The frames that a WebSocket client writes. */
final class Frames {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final byte[] MASK = {0x3c, 0x51, 0x0e, 0x77};

  private Frames() {}

  static ByteBuffer text(String text) {
    byte[] payload = text.getBytes(UTF_8);
    return frame(TEXT, payload, 0, payload.length);
  }

  /** A Close frame with code 1000. */
  static ByteBuffer close() {
    return frame(CLOSE, new byte[] {0x03, (byte) 0xe8}, 0, 2);
  }

  /** A frame with at most 65,535 bytes of payload. */
  static ByteBuffer frame(int opcode, byte[] from, int offset, int length) {
    var frame = ByteBuffer.allocate(length + 8);
    frame.put((byte) (FINAL | opcode));
    if (length < TWO_BYTES_FOLLOW) {
      frame.put((byte) (MASKED | length));
    } else {
      frame.put((byte) (MASKED | TWO_BYTES_FOLLOW)).putShort((short) length);
    }
    frame.put(MASK);
    for (int i = 0; i < length; i++) {
      frame.put((byte) (from[offset + i] ^ MASK[i & 3]));
    }
    return frame.flip();
  }

  static ByteBuffer handshake(InetSocketAddress address, boolean compressed) {
    String request =
        """
        GET /ws HTTP/1.1
        Host: %s:%d
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: dHJhY2tzaWRlIGJlbmNoIQ==
        Sec-WebSocket-Version: 13
        %s
        """
            .formatted(
                address.getHostString(),
                address.getPort(),
                compressed
                    ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                        + " client_no_context_takeover\n"
                    : "");
    return ByteBuffer.wrap(request.replace("\n", "\r\n").getBytes(UTF_8));
  }
}
