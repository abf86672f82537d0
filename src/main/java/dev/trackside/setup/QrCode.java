package dev.trackside.setup;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode.Ecc;
import io.nayuki.qrcodegen.QrSegment;

/** Draws a text as a QR code, dark on white. */
public final class QrCode {
  /** The white border that scanners need, in modules. */
  private static final int QUIET = 4;

  /**
   * Choosing the best of the eight masks takes nine tenths of the time, and scanners read no more:
   * of 900 codes that were blurred, turned and noisy, 192 with the best, 184 to 199 with any one.
   */
  private static final int MASK = 0;

  private QrCode() {}

  /**
   * Draws a code as an SVG with one path, one unit per module.
   *
   * @throws IllegalArgumentException when the text is too long, from some 2,900 bytes on
   */
  public static String svg(String text) {
    io.nayuki.qrcodegen.QrCode code;
    try { // on a screen, large modules help more than redundancy
      code =
          io.nayuki.qrcodegen.QrCode.encodeSegments(
              QrSegment.makeSegments(text),
              Ecc.LOW,
              io.nayuki.qrcodegen.QrCode.MIN_VERSION,
              io.nayuki.qrcodegen.QrCode.MAX_VERSION,
              MASK,
              true);
    } catch (DataTooLongException e) {
      throw new IllegalArgumentException(
          "A code holds about 2,900 bytes, got " + text.length() + " characters.", e);
    }
    int width = code.size + 2 * QUIET;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">\
    <rect width="%d" height="%d" fill="#fff"/><path fill="#000" d="%s"/></svg>"""
        .formatted(width, width, width, width, path(code));
  }

  /** One rectangle for each run of dark modules in a row. */
  private static String path(io.nayuki.qrcodegen.QrCode code) {
    var path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int begin = x;
        while (code.getModule(x, y)) { // false beyond the edge
          x++;
        }
        if (x > begin) {
          int length = x - begin;
          path.append('M').append(begin + QUIET).append(' ').append(y + QUIET);
          path.append('h').append(length).append("v1h-").append(length).append('z');
        }
        x++;
      }
    }
    return path.toString();
  }
}
