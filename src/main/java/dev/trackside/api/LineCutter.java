package dev.trackside.api;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of a track, for GeoJSON: it begins a new one at each {@link Breaks break}, and cuts
 * them at the 180th meridian as RFC 7946 (3.1.9) wants, with a vertex on either side. A position
 * that is alone in its line comes twice, since a line needs two. Holds one vertex; used once.
 */
final class LineCutter {
  private static final double EDGE_DEG = 180;

  /** A place of a line, and when the runner was there. */
  record Vertex(double lonDeg, double latDeg, double altM, long tMs) {
    private static Vertex of(Position position) {
      Fix fix = position.fix();
      return new Vertex(fix.lonDeg(), fix.latDeg(), fix.altM(), position.tMs());
    }

    private boolean isOnTheEdge() {
      return Math.abs(lonDeg) == EDGE_DEG;
    }

    private Vertex at(double otherLonDeg) {
      return new Vertex(otherLonDeg, latDeg, altM, tMs);
    }

    /** Where the line to another one, the short way, meets the 180th meridian. */
    private Vertex edgeTowards(Vertex other) {
      double part =
          (EDGE_DEG - Math.abs(lonDeg)) / (2 * EDGE_DEG - Math.abs(other.lonDeg - lonDeg));
      return new Vertex(
          Math.copySign(EDGE_DEG, lonDeg),
          latDeg + part * (other.latDeg - latDeg),
          altM + part * (other.altM - altM),
          tMs + Math.round(part * (other.tMs - tMs)));
    }
  }

  /** Takes the vertices of the lines, one after the other. */
  interface Pen {
    /** Takes the next vertex, and whether it is the first of its line. */
    void put(Vertex vertex, boolean begins) throws IOException;
  }

  private final Breaks breaks;
  private final Pen pen;
  private @Nullable Position before;

  /** The last vertex, which the pen has not got yet. */
  private @Nullable Vertex last;

  /** Whether it is the first of its line. */
  private boolean alone;

  LineCutter(Breaks breaks, Pen pen) {
    this.breaks = breaks;
    this.pen = pen;
  }

  void add(Position position) throws IOException {
    var next = Vertex.of(position);
    Vertex from = last;
    if (from == null || before == null || breaks.between(before, position)) {
      end();
      begin(next);
    } else {
      goOn(from, next.isOnTheEdge() ? next.at(Math.copySign(EDGE_DEG, from.lonDeg)) : next);
    }
    before = position;
  }

  private void goOn(Vertex from, Vertex to) throws IOException {
    if (Math.abs(to.lonDeg - from.lonDeg) > EDGE_DEG) {
      boolean isThere = from.isOnTheEdge();
      Vertex edge = isThere ? from : from.edgeTowards(to);
      if (!isThere) {
        put(edge);
      }
      if (!isThere || !alone) {
        end();
      }
      begin(edge.at(-edge.lonDeg));
    }
    put(to);
  }

  private void begin(Vertex vertex) {
    last = vertex;
    alone = true;
  }

  private void put(Vertex vertex) throws IOException {
    if (last != null) {
      pen.put(last, alone);
    }
    last = vertex;
    alone = false;
  }

  /** Ends the present line, if there is one. */
  void end() throws IOException {
    if (last != null) {
      pen.put(last, alone);
      if (alone) {
        pen.put(last, false);
      }
    }
    last = null;
  }
}
