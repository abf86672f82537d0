// One runner as a page knows him: where he has been, how he is, and what of it is shown.

import { climbed, length, speed, standing, usualInterval } from "./measure.js";
import { shapeOf, stateOf, wordsOf, comfort } from "./state.js";
import { Trail } from "./trail.js";

const FEW = 30;

export class Runner {
  trail;
  /** What the server said of him last, or null. */
  status = null;
  erased = false;
  #called = "";
  #measured = { version: -1 };

  /**
   * @param key what shows him, where he is not public
   * @param own whether he is followed by himself, and not with a race
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

  /** What he is called: as he was claimed, else as his newest position says. */
  get name() {
    if (this.#called && this.#called !== this.id) return this.#called;
    const { name } = this.trail.last() ?? {};
    return typeof name === "string" && name !== "" ? name : this.id;
  }

  /** From now on he is followed by himself: with the whole of his trail. */
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

  /** Takes the answer to a call for the trail in. */
  load(answer) {
    const { name, past: _, newest: __, ...status } = answer;
    this.#called = name;
    this.trail.load(answer);
    this.status ??= status;
  }

  erase() {
    this.trail.clear();
    this.status = null;
    this.erased = true;
  }

  /** What his trail says in numbers; measured anew when it has grown. */
  measured() {
    if (this.#measured.version === this.trail.version) return this.#measured;
    const run = this.trail.run();
    this.#measured = {
      version: this.trail.version,
      run,
      metres: this.trail.whole ? length(run) : NaN,
      climbed: this.trail.whole ? climbed(run) : NaN,
      speed: run.length > 0 ? speed(run) : NaN,
      standingMs: run.length > 0 ? standing(run) : 0,
      usualMs: usualInterval(run),
      startMs: run[0]?.t,
    };
    return this.#measured;
  }

  /** How he is: {state, shape, word, detail, comfort}. */
  seen(connected, nowMs) {
    const { usualMs, standingMs, startMs } = this.measured();
    const newest = this.trail.last();
    const about = { newest, usualMs, standingMs, startMs, status: this.status, connected, nowMs, id: this.id };
    const state = this.erased ? "erased" : stateOf(about);
    const [word, detail] = wordsOf(state, about);
    return { state, shape: shapeOf(state), word, detail, comfort: comfort(state, newest) };
  }
}
