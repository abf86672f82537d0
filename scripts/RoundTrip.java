import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Registers a phone and a viewer for one id and sends one position: both must get it within 5 s.
 * Prints how long that took, or exits 1.
 *
 * <p>{@code java scripts/RoundTrip.java ws://127.0.0.1:8080/ws}
 */
final class RoundTrip {
  private static final String ID = "round-trip";

  public static void main(String[] args) throws Exception {
    URI server = URI.create(args[0]);
    // A place of this run alone, so that no earlier position is taken for it.
    double lat = Math.round(1e5 * (40 + 10 * Math.random())) / 1e5;
    try (HttpClient http = HttpClient.newHttpClient()) {
      var viewer = new Client(lat);
      var phone = new Client(lat);
      WebSocket viewing = http.newWebSocketBuilder().buildAsync(server, viewer).join();
      viewing.sendText("{\"id\":\"" + ID + "\",\"events\":true}", true).join();
      WebSocket sending = http.newWebSocketBuilder().buildAsync(server, phone).join();
      sending.sendText("{\"id\":\"" + ID + "\"}", true).join();
      long start = System.nanoTime();
      sending.sendText("{\"lat\":" + lat + ",\"lon\":13.5}", true).join();
      try {
        phone.got.get(5, TimeUnit.SECONDS);
        viewer.got.get(5, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        System.err.println(
            "The position did not come back. Phone: " + phone + ", viewer: " + viewer);
        System.exit(1);
      }
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      System.out.println(
          "the position was back at the phone and at the viewer in " + tookMs + " ms");
      sending.abort();
      viewing.abort();
    }
  }

  private static final class Client implements WebSocket.Listener {
    private final CompletableFuture<Void> got = new CompletableFuture<>();
    private final String wanted;
    private final StringBuffer heard = new StringBuffer();

    Client(double lat) {
      wanted = "\"lat\":" + lat;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.append(text);
      if (heard.indexOf("\"position\"") >= 0 && heard.indexOf(wanted) >= 0) {
        got.complete(null);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String words) {
      heard.append("closed with ").append(code).append(' ').append(words);
      return null;
    }

    @Override
    public String toString() {
      return heard.isEmpty() ? "heard nothing" : "heard " + heard;
    }
  }
}
