// One runner as a page knows them: where they were, how they are, and how the page shows it.

import { climbed, length, speed, standing, usualInterval } from "./measure.js";
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

  erase() {
    this.trail.clear();
    this.status = null;
    this.erased = true;
  }

  /** The numbers of the trail. It measures again only when the trail has changed. */
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
