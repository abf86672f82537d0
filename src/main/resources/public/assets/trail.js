// The positions of one runner: ordered by moment, each once.

const MOST = 20000;

export class Trail {
  points = [];
  newestSeq = 0;
  #known = new Set();
  #holes = [];

  /** Takes a position in; says where it went: "end", "inside", or "known" when it was there already. */
  add(position) {
    const { seq, skipped, since } = position;
    this.#holes = this.#holes.filter((hole) => !(hole.asked && seq >= hole.until));
    if (skipped > 0) this.#holes.push({ since, until: seq, asked: false });
    if (this.#known.has(seq)) return "known";
    this.#known.add(seq);
    this.newestSeq = Math.max(this.newestSeq, seq);
    let place = this.points.length;
    while (place > 0 && isAfter(this.points[place - 1], position)) place--;
    this.points.splice(place, 0, position);
    if (this.points.length > MOST) this.#known.delete(this.points.shift().seq);
    return place === this.points.length - 1 ? "end" : "inside";
  }

  /** Where the runner is: late positions do not move him back. */
  last() {
    return this.points.at(-1);
  }

  clear() {
    this.points = [];
    this.newestSeq = 0;
    this.#known.clear();
    this.#holes = [];
  }

  /** The number to go on after: that before the oldest hole, else the newest; 0 for an empty trail. */
  resumeAfter() {
    for (const hole of this.#holes) hole.asked = true;
    return this.#holes.reduce((least, hole) => Math.min(least, hole.since), this.newestSeq);
  }
}

function isAfter(one, other) {
  return one.t > other.t || (one.t === other.t && one.seq > other.seq);
}
