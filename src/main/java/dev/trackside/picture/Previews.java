package dev.trackside.picture;

import dev.trackside.run.Trail;
import dev.trackside.track.Runner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of trails, PNG of 1200 x 630. The newest of each of the last 100 runners is kept; two
 * are drawn at a time. Safe for use by many threads.
 */
public final class Previews {
  public static final int WIDTH = Preview.WIDTH;
  public static final int HEIGHT = Preview.HEIGHT;

  private static final int MOST = 100;
  private static final int AT_A_TIME = 2;

  private record Drawn(String tag, byte[] png) {}

  private final Semaphore pens = new Semaphore(AT_A_TIME);
  private final Map<Runner, Drawn> drawn = new LinkedHashMap<>(16, 0.75f, true);

  public Previews() {
    System.setProperty("java.awt.headless", "true"); // no screen is looked for
  }

  /**
   * The picture of a trail that is not empty.
   *
   * @param tag differs whenever the trail does
   * @return nothing when too many are drawn already
   */
  public Optional<byte[]> of(Runner runner, Trail trail, String tag) {
    Drawn known = known(runner);
    if (known != null && known.tag.equals(tag)) {
      return Optional.of(known.png);
    }
    if (!pens.tryAcquire()) {
      return Optional.empty();
    }
    try {
      byte[] png = Preview.png(trail);
      keep(runner, new Drawn(tag, png));
      return Optional.of(png);
    } finally {
      pens.release();
    }
  }

  private synchronized @Nullable Drawn known(Runner runner) {
    return drawn.get(runner);
  }

  private synchronized void keep(Runner runner, Drawn one) {
    drawn.put(runner, one);
    if (drawn.size() > MOST) {
      drawn.remove(drawn.keySet().iterator().next());
    }
  }

  /** Drops what is kept of a runner. */
  public synchronized void forget(Runner runner) {
    drawn.remove(runner);
  }
}
