// Says on the runner's page how the run goes.

import { now } from "../shared/clock.js";
import { at, headline, tell } from "../shared/elements.js";
import { percent, text, timeOfDay, whole } from "../shared/texts.js";
import { ago, span } from "../shared/words.js";

const LATE_MS = 15000;
const QUIET_MS = 60000;
const SECTIONS = ["going", "sos", "offer", "words", "begin", "naming", "finish", "anew", "open", "sharing", "erasing", "earlier"];

/** A length of time that no line break splits. */
const age = (ms) => ago(ms).replace(" ", "\u00a0");

export class View {
  line = "connecting";
  /** Why there is no WebSocket, while there is none. */
  why = null;
  watching = 0;
  heardMs = null;
  /** When the server heard of the run from anywhere, by the server's clock. */
  serverHeardMs = null;
  sosMs = null;
  wrongKey = false;
  #fix = null;
  #fixMs = null;
  #trouble = null;

  start() {
    this.#fixMs = null;
    this.heardMs = null;
    this.serverHeardMs = null;
    this.wrongKey = false;
  }

  took(fix) {
    this.#fix = fix;
    this.#fixMs = Date.now();
    if (["denied", "insecure", "noGps", "slowGps"].includes(this.#trouble?.name)) this.calm();
  }

  trouble(name, values) {
    if (this.#trouble?.name === name && this.#trouble.values?.why === values?.why) return;
    this.#trouble = { name, values };
    tell(at("trouble"), text("last", { time: timeOfDay(Date.now()), what: text(name, values) }));
  }

  calm() {
    this.#trouble = null;
    tell(at("trouble"), "");
  }

  /** Says that the page is open in another tab. */
  elsewhere() {
    tell(at("name"), text("shareMyRun"));
    tell(at("words"), text("openElsewhere"));
    at("words").hidden = false;
    document.querySelector("main").hidden = false;
  }

  forget() {
    this.calm();
    this.start();
    this.sosMs = null;
    this.#fix = null;
    at("called").value = "";
    at("sure").hidden = true;
  }

  /**
   * @param run the run, or null
   * @param busy whether a call is under way
   * @param waiting how many of its points wait
   * @param earlier how many points of other runs wait
   * @param offered the runner whose link came during the run, or null
   */
  draw({ run, busy, waiting, earlier, offered }) {
    const state = this.wrongKey ? "wrongKey" : (run?.state ?? "none");
    const going = state === "running" || (state === "wrongKey" && run?.state === "running");
    const shown = {
      going,
      sos: Boolean(this.sosMs) && run,
      offer: Boolean(offered),
      words: !going && state !== "none",
      begin: ["none", "ready", "finished"].includes(state),
      naming: state === "none",
      finish: state === "running",
      anew: state === "wrongKey",
      open: going,
      sharing: Boolean(run) && state !== "wrongKey",
      erasing: Boolean(run) && state !== "wrongKey",
      earlier: earlier > 0,
    };
    const focused = document.activeElement;
    for (const name of SECTIONS) at(name).hidden = !shown[name];
    document.querySelector("main").hidden = false;
    if (focused !== document.body && focused.offsetParent === null) at("name").focus();
    headline(run?.name && run.name !== run.id ? run.name : text("shareMyRun"));
    tell(at("start"), text(busy ? "starting" : state === "finished" ? "startAnother" : "start"));
    at("start").setAttribute("aria-disabled", String(busy));
    at("codes").hidden = Boolean(run);
    tell(at("words"), this.#words(state, waiting));
    tell(at("intro"), state === "finished" ? "" : text("intro"));
    tell(at("sos-words"), text("sos", { time: timeOfDay(this.sosMs ?? 0) }));
    tell(at("offer-words"), offered ? text("offer", { name: offered.name }) : "");
    tell(at("earlier"), text("earlier", { count: earlier }));
    tell(at("foot"), run ? this.#lineWords() : "");
    if (going) this.#drawGoing(run, waiting);
    else tell(at("said"), "");
  }

  #lineWords() {
    if (this.line !== "posting") return text(this.line);
    const { name, ms, status } = this.why;
    return text(`posting.${name}`, { age: ms && ago(ms), status: String(status) });
  }

  #words(state, waiting) {
    if (state === "finishing") return waiting > 0 ? text("finishing", { count: waiting }) : text("finishingNow");
    if (state === "ready") return this.#ready();
    return state === "finished" || state === "wrongKey" ? text(state) : "";
  }

  /** The page sends nothing yet, but an app may. */
  #ready() {
    if (!this.serverHeardMs) return text("ready");
    const ageMs = Math.max(0, now() - this.serverHeardMs);
    if (ageMs >= QUIET_MS) return `${text("ready")} ${text("notHeard", { age: age(ageMs) })}`;
    return `${text("heardApp", { age: age(ageMs) })}, ${text("watching", { count: this.watching })}`;
  }

  #drawGoing(run, waiting) {
    const nowMs = Date.now();
    const [shape, words, said] = this.#heard(nowMs, waiting);
    at("shape").className = `shape ${shape}`;
    tell(at("state"), words);
    tell(at("said"), said);
    tell(at("queue"), whole(waiting));
    tell(at("battery"), this.#fix?.battery === undefined ? "–" : percent(this.#fix.battery));
    tell(at("time"), span(nowMs - run.startedMs));
  }

  /** Whether the server hears the runner: as a shape, in words, and in words to speak. */
  #heard(nowMs, waiting) {
    if (this.wrongKey) return ["silent", text("notAllowed"), text("notAllowed")];
    if (this.heardMs !== null && nowMs - this.heardMs < LATE_MS) {
      const parts = [text("heard", { age: age(nowMs - this.heardMs) })];
      if (this.#fix?.acc !== undefined) parts.push(text("accuracy", { count: Math.round(this.#fix.acc) }));
      parts.push(text("watching", { count: this.watching }));
      return ["live", parts.join(", "), text("saidHeard")];
    }
    if (waiting > 0) {
      const since = this.heardMs === null ? text("notHeardYet") : text("notHeard", { age: age(nowMs - this.heardMs) });
      return ["silent", `${since} ${text("kept", { count: waiting })}`, text("saidNotHeard")];
    }
    if (this.#fixMs === null) return ["none", text("waiting"), text("waiting")];
    return ["delayed", text("noFix", { age: age(nowMs - this.#fixMs) }), text("saidNoFix")];
  }
}
