package dev.trackside.phone;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Decimals as apps write them. */
final class Decimals {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private Decimals() {}

  /** The number that a text is, or NaN. */
  static double of(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(text);
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** The number that a member is, or its text, or NaN. */
  static double of(JsonNode node) {
    if (node.isNumber()) {
      double number = node.asDouble(Double.NaN);
      return Double.isFinite(number) ? number : Double.NaN;
    }
    return node.isString() ? of(node.stringValue().strip()) : Double.NaN;
  }
}
