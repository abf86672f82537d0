package dev.trackside.support;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/** A phone's camera in front of a code: draws the SVG as a browser would, and reads the picture. */
public final class Scanner {
  private static final int PIXELS = 4;
  private static final Pattern SVG =
      Pattern.compile(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 (\\d+) \\1\""
              + " shape-rendering=\"crispEdges\"><rect width=\"\\1\" height=\"\\1\" fill=\"#fff\"/>"
              + "<path fill=\"#000\" d=\"([Mhvz0-9 -]+)\"/></svg>");
  private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");

  /** Looking for a code as in a photograph misses some that are drawn exactly. */
  private static final Map<DecodeHintType, Boolean> DRAWN =
      Map.of(DecodeHintType.PURE_BARCODE, true);

  private Scanner() {}

  public static String read(String svg) throws ReaderException {
    var parts = SVG.matcher(svg);
    if (!parts.matches() || !RUN.matcher(parts.group(2)).replaceAll("").isEmpty()) {
      throw new AssertionError("no code as we draw it: " + svg);
    }
    int width = Integer.parseInt(parts.group(1)) * PIXELS;
    int[] picture = new int[width * width];
    Arrays.fill(picture, 0xffffff);
    RUN.matcher(parts.group(2))
        .results()
        .forEach(
            run -> {
              int x = Integer.parseInt(run.group(1)) * PIXELS;
              int y = Integer.parseInt(run.group(2)) * PIXELS;
              for (int row = y; row < y + PIXELS; row++) {
                int begin = row * width + x;
                Arrays.fill(picture, begin, begin + Integer.parseInt(run.group(3)) * PIXELS, 0);
              }
            });
    var source = new RGBLuminanceSource(width, width, picture);
    var bitmap = new BinaryBitmap(new HybridBinarizer(source));
    return new QRCodeReader().decode(bitmap, DRAWN).getText();
  }
}
