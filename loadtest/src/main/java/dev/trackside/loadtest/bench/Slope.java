package dev.trackside.loadtest.bench;

import java.util.Locale;

/**
 * The least-squares line through samples.
 *
 * @param perHour the rise in an hour
 * @param errorPerHour the standard error of {@code perHour}
 * @param mean the mean of the samples
 * @param percentOverall the rise from the first to the last sample, in percent of the mean
 */
record Slope(double perHour, double errorPerHour, double mean, double percentOverall) {
  private static final double ERRORS = 2;
  private static final double NEGLIGIBLE_PERCENT = 1;

  /**
   * @param seconds when each sample was taken
   */
  static Slope of(double[] seconds, double[] values) {
    int count = values.length;
    double meanX = java.util.Arrays.stream(seconds).average().orElse(0);
    double meanY = java.util.Arrays.stream(values).average().orElse(0);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      squares += (seconds[i] - meanX) * (seconds[i] - meanX);
      products += (seconds[i] - meanX) * (values[i] - meanY);
    }
    double slope = squares == 0 ? 0 : products / squares;
    double residues = 0;
    for (int i = 0; i < count; i++) {
      double residue = values[i] - meanY - slope * (seconds[i] - meanX);
      residues += residue * residue;
    }
    double error = count > 2 && squares > 0 ? Math.sqrt(residues / (count - 2) / squares) : 0;
    double span = count == 0 ? 0 : seconds[count - 1] - seconds[0];
    return new Slope(
        slope * 3600, error * 3600, meanY, meanY == 0 ? 0 : 100 * slope * span / Math.abs(meanY));
  }

  /** Whether the rise is within the noise, or below 1 % overall. */
  boolean flat() {
    return perHour <= ERRORS * errorPerHour || percentOverall < NEGLIGIBLE_PERCENT;
  }

  /** The cells of a table: mean, slope with its error, overall rise, verdict. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%,.1f | %+,.2f ± %,.2f | %+.2f %% | %s",
        mean,
        perHour,
        ERRORS * errorPerHour,
        percentOverall,
        flat() ? "flat" : "**rises**");
  }
}
