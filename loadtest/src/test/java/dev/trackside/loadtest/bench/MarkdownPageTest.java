package dev.trackside.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkdownPageTest {
  @TempDir private Path directory;

  private Path page(String text) throws IOException {
    return Files.writeString(directory.resolve("page.md"), text);
  }

  @Test
  void onlyTheOwnPartIsReplaced() throws IOException {
    Path file = page("a\n<!-- one -->\nold\n<!-- /one -->\nb\n<!-- two -->\nkept\n<!-- /two -->\n");
    new MarkdownPage(file).fill("one", "new\n");
    assertThat(file)
        .hasContent("a\n<!-- one -->\nnew\n<!-- /one -->\nb\n<!-- two -->\nkept\n<!-- /two -->\n");
  }

  @Test
  void aPartThatIsNotThereIsPutAtTheEnd() throws IOException {
    Path file = page("a\n");
    new MarkdownPage(file).fill("one", "new");
    assertThat(file).hasContent("a\n\n<!-- one -->\nnew\n<!-- /one -->\n");
  }

  @Test
  void aPartWithoutAnEndLosesNothing() throws IOException {
    Path file = page("<!-- one -->\nkept\n");
    assertThatThrownBy(() -> new MarkdownPage(file).fill("one", "new"))
        .hasMessageContaining("no <!-- /one -->");
    assertThat(file).hasContent("<!-- one -->\nkept\n");
  }
}
