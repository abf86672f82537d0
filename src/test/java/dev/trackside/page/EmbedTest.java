package dev.trackside.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages embedded in pages of other sites. */
final class EmbedTest {
  private static final String POLICY = "content-security-policy";

  @Test
  void onlyListedSitesMayHoldAnEmbeddedPageAndNoneAnyOther() throws Exception {
    try (var server = Running.with("--embed=https://club.example,http://localhost:8000");
        var calls = new Calls(server.http())) {
      var anna = new Owner(calls, "anna", "");
      String link = URI.create(anna.link("{}").json().path("url").asString()).getPath();
      for (String path : List.of("/r/anna", "/r/berlin/7", "/race/berlin", link)) {
        Answer embedded = calls.get("/embed" + path);
        assertThat(embedded.status()).isEqualTo(200);
        assertThat(embedded.header(POLICY))
            .endsWith("; frame-ancestors 'self' http://localhost:8000 https://club.example");
        assertThat(embedded.header("x-frame-options")).isEmpty();
        assertThat(embedded.text())
            .contains("class=\"map-page embed\"", "noindex")
            .doesNotContain("og:url");
        Answer plain = calls.get(path);
        assertThat(plain.header(POLICY)).endsWith("; frame-ancestors 'none'");
        assertThat(plain.header("x-frame-options")).isEqualTo("DENY");
        assertThat(plain.text()).contains("class=\"map-page \"");
      }
      assertThat(calls.get("/").header("x-frame-options")).isEqualTo("DENY");
    }
  }

  @Test
  void withoutAListItIsTheServersOwnPages() throws Exception {
    try (var server = Running.with();
        var calls = new Calls(server.http())) {
      assertThat(calls.get("/embed/r/anna").header(POLICY)).endsWith("; frame-ancestors 'self'");
      Answer never = calls.get("/embed/f/0000000000000000000000", "Accept", "text/html");
      assertThat(never.status()).isEqualTo(404);
      assertThat(never.header("cache-control")).isEqualTo("no-store");
      assertThat(calls.get("/embed/r/no.name").status()).isEqualTo(404);
    }
  }

  @Test
  void originThatCanBeNoPagesIsRefused() {
    for (String origin :
        List.of("club.example", "https://*", "https://a;b", "https://a/b", "null")) {
      assertThatThrownBy(() -> Running.with("--embed=" + origin))
          .hasMessageContaining("https://club.example")
          .hasMessageContaining(origin);
    }
  }
}
