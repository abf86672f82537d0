package dev.trackside.loadtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One axis of a chart, from a low to a high value.
 *
 * @param log whether it is logarithmic; both ends are then above 0
 */
record Axis(double low, double high, boolean log) {
  private static final int DECADES_WITH_STEPS_BETWEEN = 3;

  /** From 0 to a round number above all values; NaN is ignored. */
  static Axis fromZero(DoubleStream values) {
    double most = values.filter(value -> value > 0 && value < 1e300).max().orElse(1);
    double step = step(most);
    return new Axis(0, Math.ceil(most / step - 1e-9) * step, false);
  }

  /** From the least value to the greatest; NaN is ignored. */
  static Axis over(DoubleStream values) {
    double[] all = values.filter(Double::isFinite).sorted().toArray();
    double low = all.length == 0 ? 0 : all[0];
    double high = all.length == 0 ? 1 : all[all.length - 1];
    return new Axis(low, high > low ? high : low + 10, false);
  }

  /** Logarithmic, between the powers of 10 around the values; those not above 0 are ignored. */
  static Axis log(DoubleStream values) {
    double[] all = values.filter(value -> value > 0 && value < 1e300).sorted().toArray();
    double low = all.length == 0 ? 1 : Math.pow(10, Math.floor(Math.log10(all[0]) + 1e-9));
    double high =
        all.length == 0 ? 10 : Math.pow(10, Math.ceil(Math.log10(all[all.length - 1]) - 1e-9));
    return new Axis(low, high > low ? high : low * 10, true);
  }

  /** The place of a value: 0 at the low end, 1 at the high end, clamped. */
  double place(double value) {
    double share =
        log
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return Math.clamp(share, 0, 1);
  }

  /** Round values to label the axis with, about six at most. */
  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    if (log) {
      int decades = (int) Math.round(Math.log10(high / low));
      for (int i = 0; i <= decades; i++) {
        double power = low * Math.pow(10, i);
        ticks.add(power);
        if (decades <= DECADES_WITH_STEPS_BETWEEN && i < decades) {
          ticks.add(3 * power);
        }
      }
      return ticks;
    }
    double step = step(high - low);
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The step of 1, 2 or 5 times a power of 10 that divides a span into three to six. */
  private static double step(double span) {
    double power = Math.pow(10, Math.floor(Math.log10(span)));
    double lead = span / power;
    if (lead <= 1.2) {
      return power / 5;
    }
    if (lead <= 3) {
      return power / 2;
    }
    return lead <= 6 ? power : 2 * power;
  }

  /** A short form of a number: {@code 0.05}, {@code 1,500}, {@code 20k}, {@code 3M}. */
  static String words(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return trimmed(value / 1e6) + "M";
    }
    if (size >= 1e4) {
      return trimmed(value / 1e3) + "k";
    }
    return size >= 1e3 ? String.format(Locale.ROOT, "%,.0f", value) : trimmed(value);
  }

  private static String trimmed(double value) {
    String digits = String.format(Locale.ROOT, Math.abs(value) < 0.1 ? "%.3f" : "%.2f", value);
    return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
  }
}
