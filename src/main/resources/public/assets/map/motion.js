// Where a dot is shown at a moment: between fixes, and never ahead of the newest.

import { metresBetween } from "./measure.js";

const LONGEST_MS = 2000;
const FARTHEST_M = 500;
const SILENCE_MS = 30000;
const MOST = 60;

/**
 * The way of one dot. A point has t (ms), lat, lon, and x and y on the map; moments of display are ms of any clock that
 * does not go back.
 */
export class Motion {
  /** From where it set out, over what it has not reached yet, to the newest; that alone when it is there. */
  #way;
  #sinceMs = 0;
  #forMs = 0;

  constructor(point) {
    this.#way = [point];
  }

  get newest() {
    return this.#way.at(-1);
  }

  /** Goes on to a newer point from where it is shown. One that is not newer moves nothing. */
  add(point, nowMs, glide) {
    const newest = this.newest;
    if (point.t <= newest.t) return;
    const from = this.at(nowMs);
    if (!glide || point.t - newest.t > SILENCE_MS || metresBetween(from, point) > FARTHEST_M || Math.abs(point.lon - from.lon) > 180) {
      this.#way = [point];
      return;
    }
    // Of a long way the beginning is cut short: a dot that has so much to catch up shows no bends.
    this.#way = [from, ...this.#way.filter(({ t }) => t > from.t).slice(2 - MOST), point];
    this.#sinceMs = nowMs;
    this.#forMs = Math.min(point.t - from.t, LONGEST_MS);
  }

  /** Gives up the way: the dot is at the newest. */
  arrive() {
    this.#way = [this.newest];
  }

  isMoving(nowMs) {
    return this.#way.length > 1 && nowMs - this.#sinceMs < this.#forMs;
  }

  at(nowMs) {
    const way = this.#way;
    const end = way[way.length - 1];
    if (!this.isMoving(nowMs)) {
      if (way.length > 1) this.#way = [end];
      return end;
    }
    const t = way[0].t + (end.t - way[0].t) * Math.max(0, (nowMs - this.#sinceMs) / this.#forMs);
    let next = 1;
    while (way[next].t <= t && next < way.length - 1) next++;
    return between(way[next - 1], way[next], t);
  }
}

/** The point of a straight way at a moment. */
export function between(one, other, t) {
  const part = Math.min(1, (t - one.t) / (other.t - one.t));
  const of = (from, to) => from + (to - from) * part;
  return { lat: of(one.lat, other.lat), lon: of(one.lon, other.lon), t, x: of(one.x, other.x), y: of(one.y, other.y) };
}
