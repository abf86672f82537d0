// The positions of one runner, each once, in the order of their moments.

import { E7 } from "../shared/units.js";

const MOST = 20000;
const DROPPED = 1000;

/** A silence this long ends a run: the server says how long. */
const RUN_ENDS_AFTER_MS = Number(document.body.dataset.silence);

export class Trail {
  points = [];
  newestSeq = 0;
  /** Whether it reaches back to the start of the run. */
  whole = false;
  /** Stretches of numbers that the server left out: {since, until}. */
  holes = [];
  version = 0;
  /** Counts how often it changed otherwise than at its end. */
  shape = 0;
  /** Counts how often the server cleared it. An answer to an earlier question no longer holds. */
  cleared = 0;
  #most;
  #known = new Set();
  #firstHeard = Infinity;

  /** @param most how many points it holds; with fewer than usual it has only the newest, and no holes */
  constructor(most = MOST) {
    this.#most = most;
  }

  /** Takes in the answer to a call for the trail, before or after live positions. */
  load({ seq, past, newest }) {
    for (const point of [...unpacked(past), ...newest]) this.#put(point);
    if (this.#firstHeard < Infinity && this.#firstHeard > seq) this.holes.push({ since: seq, until: this.#firstHeard });
    this.newestSeq = Math.max(this.newestSeq, seq);
    this.whole = true;
  }

  /** Takes in a live position. */
  add(position) {
    const { seq, skipped, since } = position;
    this.#firstHeard = Math.min(this.#firstHeard, seq);
    if (skipped > 0 && this.#most === MOST) this.holes.push({ since, until: seq });
    this.newestSeq = Math.max(this.newestSeq, seq);
    this.#put(position);
  }

  /** Takes in positions that the page asked for. */
  mend(positions) {
    for (const position of positions) this.#put(position);
  }

  #put(point) {
    if (this.#known.has(point.seq)) return;
    this.#known.add(point.seq);
    let place = this.points.length;
    while (place > 0 && isAfter(this.points[place - 1], point)) place--;
    if (place < this.points.length) this.shape++;
    this.points.splice(place, 0, point);
    if (this.points.length > this.#most) this.#drop(this.#most === MOST ? DROPPED : 1);
    this.version++;
  }

  #drop(count) {
    for (const { seq } of this.points.splice(0, count)) this.#known.delete(seq);
    this.shape++;
  }

  /** Where the runner is. A late position does not move them back. */
  last() {
    return this.points.at(-1);
  }

  /** The points of the present run. */
  run() {
    let from = this.points.length - 1;
    while (from > 0 && this.points[from].t - this.points[from - 1].t < RUN_ENDS_AFTER_MS) from--;
    return from > 0 ? this.points.slice(from) : this.points;
  }

  clear() {
    this.cleared++;
    this.points = [];
    this.newestSeq = 0;
    this.whole = false;
    this.holes = [];
    this.version++;
    this.shape++;
    this.#known.clear();
    this.#firstHeard = Infinity;
  }

  /** The number after which a whole trail goes on: the one before the oldest hole, or the newest. */
  resumeAfter() {
    return this.holes.reduce((least, { since }) => Math.min(least, since), this.newestSeq);
  }
}

function isAfter(one, other) {
  return one.t > other.t || (one.t === other.t && one.seq > other.seq);
}

/** Makes points from columns of differences. */
function unpacked({ seq, t, lat, lon, alt, way }) {
  const at = { seq: 0, t: 0, lat: 0, lon: 0, alt: 0, way: 0 };
  return seq.map((_, i) => {
    at.seq += seq[i];
    at.t += t[i];
    at.lat += lat[i];
    at.lon += lon[i];
    at.alt += alt[i] ?? 0;
    at.way += way[i];
    const point = { seq: at.seq, t: at.t, lat: at.lat / E7, lon: at.lon / E7, way: at.way };
    return alt[i] === null ? point : { ...point, alt: at.alt };
  });
}
