package dev.trackside.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a runner has to do with an app, in one language. Immutable. */
public final class Instructions {
  private static final int STEPS = 3;
  private static final int LONGEST_WISH = 200;
  private static final Map<Locale, Instructions> ALL =
      Map.of(
          Locale.ENGLISH,
          new Instructions("en"),
          Locale.GERMAN,
          new Instructions("de"),
          Locale.FRENCH,
          new Instructions("fr"),
          Locale.of("es"),
          new Instructions("es"));

  private final Properties texts = new Properties();

  private Instructions(String language) {
    String name = "/setup/" + language + ".properties";
    try (var in = Objects.requireNonNull(Instructions.class.getResourceAsStream(name), name)) {
      texts.load(new InputStreamReader(in, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The jar is broken: " + name, e);
    }
  }

  /**
   * In the language of those that there are which somebody likes best, else in English.
   *
   * @param wish an {@code Accept-Language}; what is none, or endless, is no wish
   */
  public static Instructions in(@Nullable String wish) {
    return Objects.requireNonNull(ALL.get(wished(wish)));
  }

  /** That language, {@code en} and so on: the pages speak the same ones. */
  public static String language(@Nullable String wish) {
    return wished(wish).getLanguage();
  }

  private static Locale wished(@Nullable String wish) {
    Locale best = null;
    if (wish != null && wish.length() <= LONGEST_WISH) {
      try {
        best = Locale.lookup(LanguageRange.parse(wish), ALL.keySet());
      } catch (IllegalArgumentException _) {
        // no wish
      }
    }
    return best == null ? Locale.ENGLISH : best;
  }

  /** Three sentences, in the order in which they are to be done. */
  public List<String> steps(App app) {
    return IntStream.rangeClosed(1, STEPS).mapToObj(n -> step(app.id() + "." + n)).toList();
  }

  private String step(String name) {
    String text = texts.getProperty(name);
    if (text == null) {
      throw new IllegalStateException("no text " + name);
    }
    return text;
  }
}
