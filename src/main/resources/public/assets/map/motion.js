// Where a dot is at a moment: between fixes, and never ahead of the newest.

import { metresBetween } from "../shared/movement.js";
import { eastwards } from "./world.js";

const LONGEST_MS = 2000;
const FARTHEST_M = 500;
const SILENCE_MS = 30000;
const MOST = 60;

/**
 * The way of one dot. A point has t (ms), lat, lon, and x and y on the map. A moment of display, nowMs, is by any clock
 * that never goes back.
 */
export class Motion {
  /** From where the dot set out to the newest point; the newest alone once the dot is there. */
  #way;
  #sinceMs = 0;
  #forMs = 0;

  constructor(point) {
    this.#way = [point];
  }

  get newest() {
    return this.#way.at(-1);
  }

  /** Sets out for a newer point from where the dot is. */
  add(point, nowMs, glide) {
    const newest = this.newest;
    if (point.t <= newest.t) return;
    const from = this.at(nowMs);
    if (!glide || point.t - newest.t > SILENCE_MS || metresBetween(from, point) > FARTHEST_M) {
      this.#way = [point];
      return;
    }
    // A dot with a long way to catch up shows no bends, so the beginning of the way can go.
    this.#way = [from, ...this.#way.filter(({ t }) => t > from.t).slice(2 - MOST), point];
    this.#sinceMs = nowMs;
    this.#forMs = Math.min(point.t - from.t, LONGEST_MS);
  }

  /** Jumps to the newest point. */
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

/** The point on a straight line at a moment, the short way around the world. */
export function between(one, other, t) {
  const part = Math.min(1, (t - one.t) / (other.t - one.t));
  const of = (from, to) => from + (to - from) * part;
  const lon = one.lon + eastwards(one.lon, other.lon) * part;
  return { lat: of(one.lat, other.lat), lon, t, x: of(one.x, other.x), y: of(one.y, other.y) };
}
