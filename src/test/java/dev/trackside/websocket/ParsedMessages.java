package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everything that a parser handed on. */
final class ParsedMessages implements FrameParser.Handler {
  final List<byte[]> raw = new ArrayList<>();
  final List<String> texts = new ArrayList<>();
  final List<String> pings = new ArrayList<>();

  @Override
  public void text(byte[] bytes, int length) {
    byte[] text = Arrays.copyOf(bytes, length);
    raw.add(text);
    texts.add(new String(text, UTF_8));
  }

  @Override
  public void ping(byte[] payload) {
    pings.add(new String(payload, UTF_8));
  }

  @Override
  public void goodbye(int code) {}
}
