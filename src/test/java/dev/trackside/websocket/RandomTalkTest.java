package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random conversations over a real connection, in random pieces. */
class RandomTalkTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42, 6455})
  void everythingComesBackInOrder(long seed) throws Exception {
    var random = new Random(seed);
    var talk = new RandomTalk(random, 200, 900);
    try (var server = new EchoServer(TestLimits.WITHOUT_FLOODS);
        RawClient client = RawClient.open(server)) {
      List<byte[]> pieces = pieces(talk.bytes(), random);
      var sending = CompletableFuture.runAsync(() -> pieces.forEach(client::sendAll));

      var echoes = new ArrayList<String>();
      while (echoes.size() < talk.texts().size()) {
        RawClient.Frame frame = client.read();
        if (frame.opcode() == Frames.TEXT) {
          echoes.add(frame.text());
        }
      }

      assertThat(echoes).isEqualTo(talk.texts());
      assertThat(server.next().texts).containsExactlyElementsOf(talk.texts());
      assertThat(sending).succeedsWithin(TestLimits.LONG);
    }
  }

  private static List<byte[]> pieces(byte[] bytes, Random random) {
    var pieces = new ArrayList<byte[]>();
    int most = 1 + random.nextInt(3000);
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }
}
