// Measures a run: distance, pace, climb, how long a runner has stood still, and the line on the map.

import { Movement } from "../shared/movement.js";

/** Nobody knows which way a runner takes in a silence longer than this. */
export const BREAK_MS = 120000;

const CLIMB_M = 5;
const PACE_OVER_M = 300;
const PACE_LEAST_M = 30;
const PAUSE_MS = 30000;

/** What a run amounts to, one point after the other. */
export class Measure {
  /** The points to draw. One that is apart has no line to it. */
  line = [];
  /** Metres of climb, or NaN without altitudes. */
  climbed = NaN;
  #movement = new Movement();
  /** Moments and the way until then: {t, metres}. */
  #marks = [];
  #held = null;
  #lowest = NaN;
  #newest = null;

  /** Takes the point that is next by moment. */
  add(point) {
    if (this.#held) this.line.pop();
    const says = this.#movement.add(point);
    if (this.#held && (says === "confirms" || says === "goesOn")) this.#draw(this.#held, this.#movement.jumped);
    if (says === "near" || says === "confirms") this.#draw(point, this.#movement.jumped && says === "near");
    const holds = says === "away" || says === "goesOn" || (says === "halo" && this.#held !== null);
    if (!holds) this.#held = null;
    else if (says !== "halo") this.#held = point;
    if (this.#held) this.line.push(this.#movement.isAway ? this.#held : { ...this.#held, apart: true });
    this.#mark();
    this.#newest = point;
  }

  #draw(point, apart) {
    this.line.push(apart ? { ...point, apart } : point);
    this.#climb(point.alt);
  }

  /** Satellites are wrong by a few metres, so less than 5 m does not count. */
  #climb(alt) {
    if (!Number.isFinite(alt)) return;
    if (Number.isNaN(this.climbed)) this.climbed = 0;
    if (Number.isNaN(this.#lowest) || alt < this.#lowest) this.#lowest = alt;
    if (alt - this.#lowest < CLIMB_M) return;
    this.climbed += alt - this.#lowest;
    this.#lowest = alt;
  }

  #mark() {
    const { metres, first } = this.#movement;
    if (this.#marks.at(-1)?.t !== first.t) this.#marks.push({ t: first.t, metres });
  }

  /** Where the dot is: the newest point, or the last that is drawn, with what is known of the newest. */
  get dot() {
    const last = this.line.at(-1);
    const { t, acc } = this.#newest;
    return last.t === t ? last : { ...last, t, acc };
  }

  get metres() {
    return this.#movement.metresSoFar;
  }

  /** Metres until a moment. */
  metresAt(t) {
    const marks = this.#ways();
    const next = marks.findIndex((mark) => mark.t >= t);
    if (next < 0) return marks.at(-1).metres;
    if (next === 0) return 0;
    const [one, other] = [marks[next - 1], marks[next]];
    return one.metres + ((other.metres - one.metres) * (t - one.t)) / (other.t - one.t);
  }

  #ways() {
    return this.#movement.isAway ? [...this.#marks, { t: this.#held.t, metres: this.metres }] : this.#marks;
  }

  /** Metres a second over the last 300 m, or what the phone says on a shorter way. */
  get speed() {
    const marks = this.#ways();
    const last = marks.at(-1);
    let from = marks.length - 1;
    while (from > 0 && last.metres - marks[from].metres < PACE_OVER_M && marks[from].t - marks[from - 1].t <= BREAK_MS) from--;
    const metres = last.metres - marks[from].metres;
    const { t, speed } = this.#newest;
    const seconds = ((t - last.t > PAUSE_MS ? t : last.t) - marks[from].t) / 1000;
    return metres >= PACE_LEAST_M && seconds > 0 ? metres / seconds : (speed ?? NaN);
  }

  /** For how many ms the runner has stayed where they are. */
  get standingMs() {
    return this.#movement.isAway ? 0 : this.#newest.t - this.#movement.first.t;
  }
}

/** The median of the newest intervals, in ms. */
export function usualInterval(points) {
  const newest = points.slice(-21);
  const steps = newest.slice(1).map((point, i) => point.t - newest[i].t);
  steps.sort((one, other) => one - other);
  return steps.length === 0 ? 0 : steps[steps.length >> 1];
}
