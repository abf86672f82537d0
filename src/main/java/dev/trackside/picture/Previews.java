package dev.trackside.picture;

import dev.trackside.run.Trail;
import dev.trackside.track.Runner;
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
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws whole trails as PNG: a ring at the start, a dot with its halo at the end. Keeps the newest
 * picture of each of the {@code most} runners drawn last. Safe for use by many threads.
 */
public final class Previews {
  public static final int WIDTH = 1_200;
  public static final int HEIGHT = 630;

  private static final int MARGIN = 80;
  private static final int CELL = 90;
  private static final double LEAST_M = 500;
  private static final double DOT = 18;
  private static final Color GROUND = new Color(0xFBFAF7);
  private static final Color GRID = new Color(0xECEAE4);
  private static final Color INK = new Color(0x1B1F24);
  private static final Color ACCENT = new Color(0xB8371B);

  /**
   * A picture.
   *
   * @param shown differs whenever something that was shown is not any more
   * @param tag differs whenever the trail does
   */
  public record Drawn(String shown, String tag, byte[] png) {}

  private final SequencedMap<Runner, Drawn> drawn = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;

  public Previews(int most) {
    this.most = most;
    System.setProperty("java.awt.headless", "true"); // look for no screen
  }

  /** The picture that was drawn last of a runner, if all that it shows may still be shown. */
  public synchronized Optional<Drawn> of(Runner runner, String shown) {
    return Optional.ofNullable(drawn.get(runner)).filter(one -> one.shown.equals(shown));
  }

  /** Draws the picture of a trail that is not empty: tens of milliseconds of work. */
  public Drawn draw(Runner runner, Trail trail, String shown, String tag) {
    var one = new Drawn(shown, tag, png(Line.of(trail)));
    keep(runner, one);
    return one;
  }

  private synchronized void keep(Runner runner, Drawn one) {
    drawn.put(runner, one);
    if (drawn.size() > most) {
      drawn.pollFirstEntry();
    }
  }

  public synchronized void forget(Runner runner) {
    drawn.remove(runner);
  }

  private static byte[] png(Line line) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D on = image.createGraphics();
    try {
      on.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      drawGround(on);
      draw(on, line);
    } finally {
      on.dispose();
    }
    return encoded(image);
  }

  private static void drawGround(Graphics2D on) {
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
    drawDisc(on, frame, line, 0, DOT, INK);
    drawDisc(on, frame, line, 0, DOT - 7, GROUND);
    int last = line.size() - 1;
    on.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.2f));
    drawDisc(on, frame, line, last, Math.max(frame.halo(line), 2 * DOT), ACCENT);
    on.setComposite(AlphaComposite.SrcOver);
    drawDisc(on, frame, line, last, DOT + 4, GROUND);
    drawDisc(on, frame, line, last, DOT, ACCENT);
  }

  private static void drawDisc(
      Graphics2D on, Frame frame, Line line, int point, double radius, Color colour) {
    double x = frame.left(line.x()[point]);
    double y = frame.top(line.y()[point]);
    on.setColor(colour);
    on.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  /** Encodes in memory; by default ImageIO goes through a file. */
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
