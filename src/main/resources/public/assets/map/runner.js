// One runner as a page knows them: where they were, how they are, and how the page shows it.

import { Measure, usualInterval } from "./measure.js";
import { shapeOf, stateOf, wordsOf, comfort } from "./state.js";
import { Trail } from "./trail.js";

const FEW = 30;

/** What turns the direction of the words around a name, invisibly. */
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

export class Runner {
  trail;
  /** The server's last word about the runner, or null. */
  status = null;
  erased = false;
  /** Whether the server knows them, but shows nothing of where they are. */
  unseen = false;
  #called = "";
  #measured = { version: -1 };
  #measure = null;
  /** What the measure has taken: the first point, the last, and how many. */
  #taken = { first: null, last: null, count: 0, shape: -1 };

  /**
   * @param key shows a runner who is not public
   * @param own whether the page follows them on their own, with the whole trail
   */
  constructor(id, { key = "", name = "", own = false } = {}) {
    this.id = id;
    this.key = key;
    this.own = own;
    this.#called = name;
    this.trail = new Trail(own ? undefined : FEW);
  }

  get rehearsal() {
    return this.id.startsWith("rehearsal/");
  }

  /** The name under which they are claimed, or the one in their newest position. */
  get name() {
    if (this.#called && this.#called !== this.id) return this.#called;
    const { name } = this.trail.last() ?? {};
    return typeof name === "string" ? name.replace(TURNS, "") || this.id : this.id;
  }

  becomeOwn(key = "") {
    if (this.own) return;
    const before = this.trail.points;
    this.own = true;
    this.key = key;
    this.trail = new Trail();
    this.trail.mend(before);
  }

  hear(message) {
    this.erased = false;
    if (message.type === "position") this.trail.add(message);
    else this.status = message;
  }

  /** @param answer to a call for the trail */
  load(answer) {
    const { name, past: _, newest: __, ...status } = answer;
    this.#called = name;
    this.trail.load(answer);
    this.status ??= status;
  }

  /** Forgets where they were: the server shows something else now, or nothing. */
  takeBack() {
    this.trail.clear();
    this.unseen = true;
  }

  erase() {
    this.trail.clear();
    this.status = null;
    this.erased = true;
  }

  /** The numbers of the trail. It measures again only when the trail has changed. */
  measured() {
    if (this.#measured.version === this.trail.version) return this.#measured;
    const run = this.trail.run();
    const measure = this.#measureOf(run);
    const { whole } = this.trail;
    this.#measured = {
      version: this.trail.version,
      run,
      line: measure?.line ?? [],
      dot: measure?.dot,
      metres: measure && whole ? measure.metres : NaN,
      metresAt: (t) => measure.metresAt(t),
      climbed: measure && whole ? measure.climbed : NaN,
      speed: measure?.speed ?? NaN,
      standingMs: measure?.standingMs ?? 0,
      usualMs: usualInterval(run),
      startMs: run[0]?.t,
    };
    return this.#measured;
  }

  /** Measures what is new of a run, or all of it if it is not the earlier one that goes on. */
  #measureOf(run) {
    const { trail } = this;
    const { first, last, count, shape } = this.#taken;
    const goesOn = count > 0 && shape === trail.shape && run[0] === first && run[count - 1] === last;
    if (!goesOn) this.#measure = run.length > 0 ? new Measure() : null;
    for (let i = goesOn ? count : 0; i < run.length; i++) this.#measure.add(run[i]);
    this.#taken = { first: run[0], last: run.at(-1), count: run.length, shape: trail.shape };
    return this.#measure;
  }

  /** How the runner is: {state, shape, word, detail, comfort}. */
  seen(connected, nowMs) {
    const { usualMs, standingMs, startMs } = this.measured();
    const newest = this.trail.last();
    const about = { newest, usualMs, standingMs, startMs, status: this.status, connected, nowMs, id: this.id, unseen: this.unseen };
    const state = this.erased ? "erased" : stateOf(about);
    const [word, detail] = wordsOf(state, about);
    return { state, shape: shapeOf(state), word, detail, comfort: comfort(state, newest) };
  }
}
