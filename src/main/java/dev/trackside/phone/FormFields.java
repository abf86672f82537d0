package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Named values, as in a query, a form or a JSON object. Names ignore case; a value that is empty or
 * the word {@code null} counts as missing. For one thread.
 */
final class FormFields {
  static final int MOST = 200;
  private static final Pattern BETWEEN = Pattern.compile("&");
  private static final Pattern SIGNS = Pattern.compile("[^a-z0-9]+");

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, String> plainly = new LinkedHashMap<>();
  private int count;
  private boolean surplus;

  /** The plain members of JSON objects, the first object's first. */
  static FormFields of(JsonNode... objects) {
    var fields = new FormFields();
    for (JsonNode object : objects) {
      object.properties().forEach(member -> fields.add(member.getKey(), member.getValue()));
    }
    return fields;
  }

  /** Adds the values of {@code a=1&b=2}, up to {@value #MOST} in all. */
  void addForm(@Nullable String text) {
    BETWEEN.splitAsStream(text == null ? "" : text).forEach(this::addPair);
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

  /**
   * Adds a member of a JSON object; what is no plain value counts under the name of a time only.
   */
  void add(String name, JsonNode value) {
    if (value.isValueNode()) {
      add(name, value.asString(""));
    } else if (Moments.NAMES.contains(plain(name))) {
      add(name, value.isArray() ? "[…]" : "{…}");
    }
  }

  void add(String name, String value) {
    String kept = value.strip();
    if (kept.isEmpty() || kept.equalsIgnoreCase("null")) {
      return;
    }
    if (count == MOST) {
      surplus = true;
      return;
    }
    count++;
    values.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1)).add(kept);
    plainly.putIfAbsent(plain(name), kept);
  }

  private static String plain(String name) {
    return SIGNS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  void remove(List<String> names) {
    values.keySet().removeAll(names);
    plainly.keySet().removeAll(names);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether there were more than {@value #MOST}. */
  boolean hasSurplus() {
    return surplus;
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

  /** All values under a name. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The first value whose name without signs, such as {@code fixTime} or {@code fix_time}. */
  @Nullable String plainly(String name) {
    return plainly.get(name);
  }

  /** The name, without signs, of the first value that is such. */
  Optional<String> first(BiPredicate<String, String> such) {
    return plainly.entrySet().stream()
        .filter(field -> such.test(field.getKey(), field.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
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
