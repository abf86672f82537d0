package dev.trackside.loadtest.bench;

import java.util.Locale;

/**
 * The straight line through samples, by least squares.
 *
 * @param perHour by how much it rises in an hour
 * @param errorPerHour the standard error of that
 * @param mean of the samples
 * @param percentOverall by how much it rises from the first to the last, of the mean
 */
record Slope(double perHour, double errorPerHour, double mean, double percentOverall) {
  private static final double ERRORS = 2;
  private static final double NEGLIGIBLE_PERCENT = 1;

  /**
   * @param seconds when each was taken
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

  /** Whether it rises by no more than noise makes it, or by less than a hundredth in all. */
  boolean flat() {
    return perHour <= ERRORS * errorPerHour || percentOverall < NEGLIGIBLE_PERCENT;
  }

  /** As cells of a table: mean, slope, its error, the rise in all, the verdict. */
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
