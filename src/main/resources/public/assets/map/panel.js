// Says how the chosen runner is, and how the line to the server is.

import { at, headline, tell } from "../shared/elements.js";
import { moment, text } from "../shared/texts.js";
import { climb, distance, pace, span } from "../shared/words.js";
import { isMoving, wordAlone } from "./state.js";

const QUIETLY_MS = 15000;
const LOUD = ["sos", "finished", "erased"];
let spoken = "";
let spokenMs = -QUIETLY_MS;

/** Shows one runner, as seen() describes them. */
export function showRunner(runner, { state, shape, word, detail, comfort }) {
  const { metres, climbed, speed, run } = runner.measured();
  const newest = runner.trail.last();
  at("rehearsal").hidden = !runner.rehearsal;
  title(runner.name, shape, word, detail);
  at("numbers").hidden = !newest;
  if (newest) {
    tell(at("distance"), distance(metres));
    tell(at("pace"), pace(isMoving(shape) ? speed : NaN));
    tell(at("time"), span(newest.t - run[0].t));
  }
  const more = [comfort];
  if (newest && climbed > 0) more.push(text("climbed", { height: climb(climbed) }));
  if (runner.status?.watching > 0) more.push(text("watching", { count: runner.status.watching }));
  tell(at("more"), more.filter(Boolean).join(" · "));
  announce(state, `${runner.name}: ${wordAlone(word)}`);
}

/** Shows how many are there while the reader looks at all of them. */
export function showAll(name, all) {
  const count = (...shapes) => all.filter(({ shape }) => shapes.includes(shape)).length;
  const live = count("live", "catching", "stopped", "delayed");
  const others = [
    ["silent", count("silent")],
    ["finished", count("finished")],
  ].filter(([, number]) => number > 0);
  const help = all.filter(({ shape }) => shape === "sos").map(({ runner }) => text("asksForHelp", { name: runner.name }));
  at("rehearsal").hidden = all.length === 0 || !all.every(({ runner }) => runner.rehearsal);
  title(name, live > 0 ? "live" : "none", text("liveCount", { count: live }), others.map(([what, number]) => text(`${what}Count`, { count: number })).join(", "));
  at("numbers").hidden = true;
  tell(at("more"), help.join(" "));
  announce(help.length > 0 ? "sos" : "", help.join(" "));
}

function title(name, shape, word, detail) {
  headline(name);
  at("shape").className = `shape ${shape}`;
  tell(at("state"), word);
  tell(at("detail"), detail);
}

/** Speaks when the state changes, but not too often. */
function announce(state, words) {
  const nowMs = performance.now();
  if (words === "" || words === spoken || (nowMs - spokenMs < QUIETLY_MS && !LOUD.includes(state))) return;
  if (spoken !== "" || LOUD.includes(state)) tell(at("said"), words);
  spoken = words;
  spokenMs = nowMs;
}

/** Says which way brings the news, or why none does. */
export function showLine(how, { name, newestMs, nowMs }) {
  const values = { name, time: newestMs ? moment(newestMs, nowMs) : "" };
  tell(at("foot"), text(how === "offline" && !newestMs ? "line.offlineNothing" : `line.${how}`, values));
}
