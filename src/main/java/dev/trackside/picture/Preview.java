package dev.trackside.picture;

import dev.trackside.run.Trail;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The whole trail as a PNG: a ring where it begins, a dot with its halo where it ends. */
final class Preview {
  static final int WIDTH = 1_200;
  static final int HEIGHT = 630;

  private static final int MARGIN = 80;
  private static final int CELL = 90;
  private static final double LEAST_M = 500;
  private static final double DOT = 18;
  private static final Color GROUND = new Color(0xFBFAF7);
  private static final Color GRID = new Color(0xECEAE4);
  private static final Color INK = new Color(0x1B1F24);
  private static final Color ACCENT = new Color(0xB8371B);

  private Preview() {}

  /** Draws a trail that is not empty. */
  static byte[] png(Trail trail) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D on = image.createGraphics();
    try {
      on.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      ground(on);
      draw(on, Line.of(trail));
    } finally {
      on.dispose();
    }
    return encoded(image);
  }

  private static void ground(Graphics2D on) {
    on.setColor(GROUND);
    on.fillRect(0, 0, WIDTH, HEIGHT);
    on.setColor(GRID);
    for (int at = CELL; at < WIDTH; at += CELL) {
      on.fillRect(at, 0, 1, HEIGHT);
      on.fillRect(0, at, WIDTH, 1);
    }
  }

  private static void draw(Graphics2D on, Line line) {
    var frame = Frame.around(line, 0, WIDTH, HEIGHT, MARGIN, LEAST_M);
    var path = new Path2D.Double();
    path.moveTo(frame.left(line.x()[0]), frame.top(line.y()[0]));
    for (int i = 1; i < line.size(); i++) {
      path.lineTo(frame.left(line.x()[i]), frame.top(line.y()[i]));
    }
    on.setColor(ACCENT);
    on.setStroke(new BasicStroke(7, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    on.draw(path);
    disc(on, frame, line, 0, DOT, INK);
    disc(on, frame, line, 0, DOT - 7, GROUND);
    int last = line.size() - 1;
    on.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.2f));
    disc(on, frame, line, last, Math.max(frame.halo(line), 2 * DOT), ACCENT);
    on.setComposite(AlphaComposite.SrcOver);
    disc(on, frame, line, last, DOT + 4, GROUND);
    disc(on, frame, line, last, DOT, ACCENT);
  }

  private static void disc(
      Graphics2D on, Frame frame, Line line, int point, double radius, Color colour) {
    double x = frame.left(line.x()[point]);
    double y = frame.top(line.y()[point]);
    on.setColor(colour);
    on.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** In memory: the usual way goes through a file. */
  private static byte[] encoded(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException("The picture cannot be written.", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
