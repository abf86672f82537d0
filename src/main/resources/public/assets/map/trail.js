// The positions of one runner: ordered by moment, each once.

import { E7, RUN_ENDS_AFTER_MS } from "../shared/units.js";

const MOST = 20000;

export class Trail {
  points = [];
  newestSeq = 0;
  /** Whether it reaches back to where the run began. */
  whole = false;
  /** Stretches of numbers that were left out: {since, until}. */
  holes = [];
  version = 0;
  /** How often it was cleared: an answer from before is none. */
  cleared = 0;
  #most;
  #known = new Set();
  #firstHeard = Infinity;

  /** @param most how many points it holds; a shorter one has only the newest, and no holes */
  constructor(most = MOST) {
    this.#most = most;
  }

  /** Takes the answer to a call for the trail in, before or after positions that were heard live. */
  load({ seq, past, newest }) {
    for (const point of [...unpacked(past), ...newest]) this.#put(point);
    if (this.#firstHeard < Infinity && this.#firstHeard > seq) this.holes.push({ since: seq, until: this.#firstHeard });
    this.newestSeq = Math.max(this.newestSeq, seq);
    this.whole = true;
  }

  /** Takes a position in that was heard live. */
  add(position) {
    const { seq, skipped, since } = position;
    this.#firstHeard = Math.min(this.#firstHeard, seq);
    if (skipped > 0 && this.#most === MOST) this.holes.push({ since, until: seq });
    this.newestSeq = Math.max(this.newestSeq, seq);
    this.#put(position);
  }

  /** Takes positions in that came by another way. */
  mend(positions) {
    for (const position of positions) this.#put(position);
  }

  #put(point) {
    if (this.#known.has(point.seq)) return;
    this.#known.add(point.seq);
    let place = this.points.length;
    while (place > 0 && isAfter(this.points[place - 1], point)) place--;
    this.points.splice(place, 0, point);
    if (this.points.length > this.#most) this.#known.delete(this.points.shift().seq);
    this.version++;
  }

  /** Where the runner is: late positions do not move him back. */
  last() {
    return this.points.at(-1);
  }

  /** The points of the present run: a long silence ends one. */
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
    this.#known.clear();
    this.#firstHeard = Infinity;
  }

  /** The number to go on after, once it is whole: that before the oldest hole, else the newest. */
  resumeAfter() {
    return this.holes.reduce((least, { since }) => Math.min(least, since), this.newestSeq);
  }
}

function isAfter(one, other) {
  return one.t > other.t || (one.t === other.t && one.seq > other.seq);
}

/** Columns of differences become points. */
function unpacked({ seq, t, lat, lon, alt }) {
  const at = { seq: 0, t: 0, lat: 0, lon: 0, alt: 0 };
  return seq.map((_, i) => {
    at.seq += seq[i];
    at.t += t[i];
    at.lat += lat[i];
    at.lon += lon[i];
    at.alt += alt[i] ?? 0;
    const point = { seq: at.seq, t: at.t, lat: at.lat / E7, lon: at.lon / E7 };
    return alt[i] === null ? point : { ...point, alt: at.alt };
  });
}
