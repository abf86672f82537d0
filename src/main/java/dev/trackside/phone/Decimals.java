package dev.trackside.phone;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads decimals as apps write them. */
final class Decimals {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private Decimals() {}

  /** The number, or NaN. */
  static double of(String text) {
    return DECIMAL.matcher(text).matches() ? finite(Double.parseDouble(text)) : Double.NaN;
  }

  /** The number, or the number in the text, or NaN. */
  static double of(JsonNode node) {
    if (node.isNumber()) {
      return finite(node.asDouble(Double.NaN));
    }
    return node.isString() ? of(node.stringValue().strip()) : Double.NaN;
  }

  private static double finite(double number) {
    return Double.isFinite(number) ? number : Double.NaN;
  }
}
