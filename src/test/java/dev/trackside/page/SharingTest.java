package dev.trackside.page;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.Scanner;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people pass on of a page: codes, pictures, what chats show. */
final class SharingTest {
  private static final String SITE = "https://track.example";
  private static final int GROUND = 0xFFFBFAF7;
  private static final int ACCENT = 0xFFB8371B;

  @TempDir private Path data;
  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data, "--url=" + SITE);
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  /** A run to the east. */
  private static String east(int from, int to) {
    long begin = System.currentTimeMillis() - 1_000_000;
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"t\":%d,\"lat\":52.5,\"lon\":%s}%n".formatted(begin + i * 1_000L, 13 + i * 1e-4))
        .collect(joining());
  }

  private static BufferedImage image(Answer answer) throws IOException {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("image/png");
    return ImageIO.read(new ByteArrayInputStream(answer.bytes()));
  }

  @Test
  void previewShowsTheTrack() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    assertThat(calls.get("/r/anna/preview.png").status()).isEqualTo(404);
    anna.publish(east(0, 400));
    Answer first = calls.get("/r/anna/preview.png");
    BufferedImage image = image(first);
    assertThat(image.getWidth()).isEqualTo(1_200);
    assertThat(image.getHeight()).isEqualTo(630);
    assertThat(image.getRGB(600, 315)).isEqualTo(ACCENT);
    assertThat(image.getRGB(1_120, 315)).isEqualTo(ACCENT);
    assertThat(image.getRGB(80, 315)).isEqualTo(GROUND);
    assertThat(image.getRGB(600, 280)).isEqualTo(GROUND);
    assertThat(calls.get("/r/anna/preview.png").bytes()).isEqualTo(first.bytes());
    assertThat(calls.get("/r/anna/preview.png", "If-None-Match", first.header("etag")).status())
        .isEqualTo(304);
    anna.publish("{\"lat\":52.51,\"lon\":13.04}");
    assertThat(calls.get("/r/anna/preview.png").bytes()).isNotEqualTo(first.bytes());
  }

  @Test
  void previewIsOfPublicRunnersOnly() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    anna.publish(east(0, 400).replaceFirst("52\\.5", "52.51"));
    Answer open = calls.get("/r/anna/preview.png");
    anna.change("{\"mask\":200}");
    assertThat(calls.get("/r/anna/preview.png").bytes()).isNotEqualTo(open.bytes());
    anna.change("{\"visibility\":\"link\"}");
    assertThat(calls.get("/r/anna/preview.png").status()).isEqualTo(404);
    assertThat(calls.get("/r/anna/preview.png?key=" + anna.key).status()).isEqualTo(404);
    calls.post("/api/runners/open/positions", "{\"lat\":52.5,\"lon\":13.4}");
    assertThat(calls.get("/r/open/preview.png").status()).isEqualTo(404);
    assertThat(calls.get("/r/no.name/preview.png").status()).isEqualTo(404);
  }

  @Test
  void chatsShowOfAPublicRunnerNameAndTrack() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\",\"name\":\"Anna \\\"<b>\"");
    assertThat(calls.get("/r/anna").text()).contains("og:title").doesNotContain("og:image");
    anna.publish(east(0, 3));
    assertThat(calls.get("/r/anna").text())
        .contains(
            "<meta property=\"og:title\" content=\"Anna &quot;&lt;b&gt; · Trackside\">",
            "<meta property=\"og:url\" content=\"https://track.example/r/anna\">",
            "<meta property=\"og:image\" content=\"https://track.example/r/anna/preview.png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">")
        .doesNotContain("noindex");
    assertThat(calls.get("/race/berlin").text())
        .contains(
            "content=\"berlin · Trackside\"", "content=\"https://track.example/race/berlin\"");
  }

  @Test
  void ofALinkOthersKeepTheNameOnly() throws Exception {
    var anna = new Owner(calls, "anna", ",\"name\":\"Anna\"");
    anna.publish(east(0, 3));
    String link = anna.link("{}").json().path("key").asString();
    assertThat(calls.get("/f/" + link).text())
        .contains("<meta property=\"og:title\" content=\"Anna\">", "content=\"noindex\"")
        .doesNotContain("og:image", "og:url", link);
    assertThat(calls.get("/r/anna").text()).doesNotContain("og:", "Anna");
  }

  @Test
  void codesLeadToTheirPages() throws Exception {
    String admin = Files.readString(data.resolve("admin-key")).strip();
    var anna = new Owner(calls, "anna", "");
    String link = URI.create(anna.link("{}").json().path("url").asString()).getPath();
    String race =
        URI.create(
                calls
                    .post("/api/races/berlin/links", "{}", Owner.bearer(admin))
                    .json()
                    .path("url")
                    .asString())
            .getPath();
    for (String page : new String[] {"/r/anna", "/r/berlin/7", "/race/berlin", link, race}) {
      Answer code = calls.get(page + "/qr.svg");
      assertThat(code.header("content-type")).isEqualTo("image/svg+xml");
      assertThat(Scanner.read(code.text())).isEqualTo(SITE + page);
      assertThat(code.header("cache-control"))
          .isEqualTo(page.startsWith("/f/") ? "no-store" : "no-cache");
    }
    assertThat(calls.get("/f/0000000000000000000000/qr.svg").status()).isEqualTo(404);
    assertThat(calls.get("/r/no.name/qr.svg").status()).isEqualTo(404);
    assertThat(calls.get("/race/no.name/qr.svg").status()).isEqualTo(404);
  }
}
