package dev.trackside.loadtest.race;

/** What a phone measures; an unknown heading or altitude is NaN. */
record Fix(
    long momentMicros,
    double latDeg,
    double lonDeg,
    double altM,
    double accM,
    double speedMps,
    double headingDeg,
    int batteryPercent) {
  long momentMs() {
    return momentMicros / 1000;
  }

  /** The fix as a Trackside message, without the closing brace. */
  String json() {
    var text = new StringBuilder(192);
    text.append("{\"t\":").append(momentMs());
    append(text, ",\"lat\":", latDeg, 1e7);
    append(text, ",\"lon\":", lonDeg, 1e7);
    append(text, ",\"alt\":", altM, 10);
    append(text, ",\"acc\":", accM, 10);
    append(text, ",\"speed\":", speedMps, 100);
    append(text, ",\"heading\":", headingDeg, 10);
    return text.append(",\"battery\":").append(batteryPercent).toString();
  }

  private static void append(StringBuilder text, String name, double value, double scale) {
    if (!Double.isNaN(value)) {
      text.append(name).append(Numbers.rounded(value, scale));
    }
  }
}
