// Where longitudes lie on a flat map. A way that crosses the 180th meridian goes on beyond the edge, and whoever is near it
// is shown near it.

const TURN = 360;

/** The same meridian as a longitude, by the number that is nearest to another. */
const near = (lon, other) => lon - TURN * Math.round((lon - other) / TURN);

/** The degrees eastwards from one longitude to another, the short way around: -180 to 180. */
export const eastwards = (from, to) => near(to - from, 0);

/** A longitude as everybody writes it: -180 to 180. */
export const usual = (lon) => near(lon, 0);

/** One map. Each runner has an anchor, a longitude of their run: nobody runs halfway around the world from it. */
export class World {
  #home = null;
  #anchors = new Map();

  /** Takes a longitude of a runner's run as the one that their others are near to. */
  anchor(id, lon) {
    this.#home ??= lon;
    this.#anchors.set(id, near(lon, this.#anchors.get(id) ?? this.#home));
  }

  isAnchored(id) {
    return this.#anchors.has(id);
  }

  /** The longitude at which the map shows a longitude of a runner. */
  lon(id, lon) {
    return near(lon, this.#anchors.get(id) ?? lon);
  }

  forget(id) {
    this.#anchors.delete(id);
    if (this.#anchors.size === 0) this.#home = null;
  }
}
