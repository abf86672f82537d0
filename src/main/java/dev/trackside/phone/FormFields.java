package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Named values, as in a query or a form. Names ignore case; a value that is empty or the word
 * {@code null} counts as missing. For one thread.
 */
final class FormFields {
  private static final int MOST = 200;
  private static final Pattern BETWEEN = Pattern.compile("&");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  /** Adds the values of {@code a=1&b=2}, up to {@value #MOST} in all. */
  void addForm(@Nullable String text) {
    BETWEEN.splitAsStream(text == null ? "" : text).limit(MOST).forEach(this::addPair);
  }

  private void addPair(String pair) {
    int equals = pair.indexOf('=');
    if (equals > 0) {
      add(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a literal percent sign
    }
  }

  void add(String name, String value) {
    String kept = value.strip();
    if (!kept.isEmpty() && !kept.equalsIgnoreCase("null") && count < MOST) {
      count++;
      values.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1)).add(kept);
    }
  }

  void remove(List<String> names) {
    values.keySet().removeAll(names);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean hasAny(List<String> names) {
    return names.stream().anyMatch(values::containsKey);
  }

  /** The first value under any of the names. */
  @Nullable String text(String... names) {
    for (String name : names) {
      List<String> all = values.get(name);
      if (all != null) {
        return all.getFirst();
      }
    }
    return null;
  }

  /** The first value under any of the names that is a number, else NaN. */
  double number(String... names) {
    for (String name : names) {
      for (String value : values.getOrDefault(name, List.of())) {
        double number = Decimals.of(value);
        if (!Double.isNaN(number)) {
          return number;
        }
      }
    }
    return Double.NaN;
  }

  /** The same, from apps that send 0 for unknown. */
  double numberButZero(String... names) {
    double number = number(names);
    return number == 0 ? Double.NaN : number;
  }
}
