package dev.trackside.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps to set up each app, in one language. Immutable. */
public final class Instructions {
  private static final int STEPS = 3;
  private static final int LONGEST_WISH = 200;
  private static final Map<Locale, Instructions> ALL =
      Stream.of("en", "de", "fr", "es").collect(toUnmodifiableMap(Locale::of, Instructions::new));

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
   * The instructions in the best language for a reader, English by default.
   *
   * @param wish an {@code Accept-Language}; a broken or very long one counts as missing
   */
  public static Instructions in(@Nullable String wish) {
    return Objects.requireNonNull(ALL.get(wished(wish)));
  }

  /** That language, such as {@code en}; the pages have the same ones. */
  public static String language(@Nullable String wish) {
    return wished(wish).getLanguage();
  }

  private static Locale wished(@Nullable String wish) {
    Locale best = null;
    if (wish != null && wish.length() <= LONGEST_WISH) {
      try {
        best = Locale.lookup(LanguageRange.parse(wish), ALL.keySet());
      } catch (IllegalArgumentException _) {
        // as if it were missing
      }
    }
    return best == null ? Locale.ENGLISH : best;
  }

  /** Three sentences, in order. */
  public List<String> steps(App app) {
    return IntStream.rangeClosed(1, STEPS)
        .mapToObj(n -> app.id() + "." + n)
        .map(name -> Objects.requireNonNull(texts.getProperty(name), name))
        .toList();
  }
}
