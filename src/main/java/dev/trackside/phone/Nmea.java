package dev.trackside.phone;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sentence that GPS chips write, {@code $GPRMC,…}, as apps for OpenGTS pass it on. */
final class Nmea {
  private static final double KNOTS = 1852.0 / 3600;

  private static final Pattern RMC =
      Pattern.compile(
          "\\$?G[A-Z]RMC,(\\d\\d)(\\d\\d)(\\d\\d)(?:\\.\\d*)?,([AV]),"
              + "(\\d{1,2})(\\d\\d(?:\\.\\d*)?),([NS]),(\\d{1,3})(\\d\\d(?:\\.\\d*)?),([EW]),"
              + "([\\d.]*),([\\d.]*),(\\d\\d)(\\d\\d)(\\d\\d)(?:,.*)?(?:\\*.*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern VOID =
      Pattern.compile("\\$?G[A-Z]RMC,[\\d.]*,V,.*", Pattern.CASE_INSENSITIVE);

  private Nmea() {}

  /** Adds what the field {@code gprmc} says, unless the fields hold a place without it. */
  static void addTo(FormFields fields) {
    String sentence = fields.text("gprmc");
    if (sentence == null) {
      return;
    }
    if (VOID.matcher(sentence).matches()) {
      fields.remove(List.of("gprmc")); // the chip does not know where it is
      return;
    }
    Matcher m = RMC.matcher(sentence);
    if (!m.matches() || fields.text("lat", "latitude", "location") != null) {
      return;
    }
    fields.add("lat", degrees(m.group(5), m.group(6), m.group(7)));
    fields.add("lon", degrees(m.group(8), m.group(9), m.group(10)));
    fields.add("spd", String.valueOf(Math.round(Decimals.of(m.group(11)) * KNOTS * 100) / 100.0));
    fields.add("cog", m.group(12));
    int year = Integer.parseInt(m.group(15));
    fields.add(
        "timestamp",
        "%d-%s-%sT%s:%s:%sZ"
            .formatted(
                year < 80 ? 2000 + year : 1900 + year,
                m.group(14),
                m.group(13),
                m.group(1),
                m.group(2),
                m.group(3)));
  }

  private static String degrees(String whole, String minutes, String side) {
    double degrees = Double.parseDouble(whole) + Double.parseDouble(minutes) / 60;
    boolean negative = side.equalsIgnoreCase("S") || side.equalsIgnoreCase("W");
    return String.valueOf(Math.round((negative ? -degrees : degrees) * 1e7) / 1e7);
  }
}
