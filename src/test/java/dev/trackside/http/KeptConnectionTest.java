package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Running;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A request does not affect the next one on its connection, which a proxy may share. */
final class KeptConnectionTest {
  private static final String ADMIN_KEY = "NOthingThatAnybodyGuesses";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

  @Test
  void keyIsReadLetterByLetterWhateverWasShownBefore() throws IOException {
    try (var server = Running.with("--admin-key=" + ADMIN_KEY);
        var caller = new RawCaller(server.port())) {
      String links = "GET /api/races/berlin/links HTTP/1.1";
      caller.say(
          RawCaller.request(links, "Authorization: Bearer no")
              + RawCaller.request(
                  links, "Authorization: Bearer " + ADMIN_KEY, "Connection: close"));
      assertThat(STATUS.matcher(caller.rest()).results().map(found -> found.group(1)))
          .containsExactly("403", "200");
    }
  }
}
