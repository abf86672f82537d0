// The spectator's page: one runner, everybody in a race, or everybody who is live.

import { call, pathOfRace } from "../shared/api.js";
import { now, setByPage } from "../shared/clock.js";
import { at, tell } from "../shared/elements.js";
import { fillIn, offerLanguages, text } from "../shared/texts.js";
import { offerUnits } from "../shared/words.js";
import { openBoard, raceOf } from "./board.js";
import { showHand } from "./hand.js";
import { openList } from "./list.js";
import { forget, isMine, mine, remember } from "./mine.js";
import { showAll, showLine, showRunner } from "./panel.js";
import { openReplay } from "./replay.js";
import { hueOf, openStage } from "./stage.js";
import { openTabs } from "./tabs.js";

const ID = /^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64})?$/;
const REFRESH_MS = 15000;
const CROWD = 50;
const WHOLE_MS = 950;
const { feed } = document.body.dataset;
const embedded = document.body.classList.contains("embed");
const link = /^(?:\/embed)?(\/f\/([^/]+))/.exec(location.pathname);
const key = link?.[2] ?? location.hash.slice(1);
const race = raceOf(feed);
const single = feed !== "" && race === null;
const known = JSON.parse(at("known").textContent || "null");
let chosen = single ? feed : null;
let drawing = false;
let drawnMs = 0;
const heard = new Set();
let loaded = known !== null;

fillIn();
offerLanguages(at("language"));
offerUnits(at("units"));
const freshPage = known !== null && setByPage(known.now);
const stage = openStage({ element: at("map"), centre: at("centre"), drawn: firstDot, picked: choose });
const board = openBoard({ feed, key, changed: hear, erased: (id) => id === chosen && id !== feed && choose(single ? feed : null) });
const list = openList({ choose, star });
const replay = openReplay({ ghost: (place) => stage.field.ghost(place && { ...place, colour: hueOf(place.id) }) });
const tabs = openTabs((name) => {
  if (name !== "replay") replay.close();
  later();
});

window.trackside = {
  trail: (id = chosen) => board.runners.get(id)?.trail.points.map((point) => ({ ...point })) ?? [],
  runners: () => [...board.runners.values()].map(({ id, trail }) => ({ id, newest: trail.last() })),
  shown: (id = chosen) => stage.field.shown(id),
  complete: (id = chosen) => board.runners.get(id)?.trail.whole && board.runners.get(id).trail.holes.length === 0,
  line: () => board.line(),
  frames: () => stage.field.frames(),
};

function firstDot() {
  if (!at("first")) return;
  at("first").remove();
  performance.mark("first-dot-on-map");
}

/** Looks at one runner, or at everybody with null. */
function choose(id) {
  chosen = id;
  if (id) board.follow(id, mine().find((one) => one.id === id)?.key);
  replay.of(board.runners.get(id) ?? null);
  stage.turn();
  at("everyone").hidden = single ? id === feed : id === null;
  tell(at("everyone"), single ? text("backTo", { name: board.runners.get(feed).name }) : text("everyone"));
  at("name").focus({ preventScroll: true });
  later();
}

function star(id) {
  if (isMine(id)) forget(id);
  else remember(id, board.runners.get(id)?.key);
  later();
}

function hear(runner) {
  if (runner) heard.add(runner);
  later();
}

/** Draws once a frame, however much comes. A hidden page draws when somebody sees it again. */
function later() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

function draw() {
  drawing = false;
  if (board.runners.size > CROWD && performance.now() - drawnMs < WHOLE_MS) {
    stage.move(heard);
    heard.clear();
    return;
  }
  heard.clear();
  const nowMs = now();
  const all = [...board.runners.values()].map((runner) => ({ runner, ...runner.seen(board.connected(), nowMs) }));
  const looked = board.runners.get(chosen) ?? null;
  stage.draw(all, looked, nowMs);
  drawnMs = performance.now();
  if (looked) showRunner(looked, all.find(({ runner }) => runner === looked));
  else showAll(race ?? text("liveNow"), all);
  showLine(board.line(), { name: looked?.name ?? race ?? "", newestMs: looked?.trail.last()?.t, nowMs });
  at("nobody").hidden = all.length > 0;
  tell(at("nobody"), text(loaded ? "nobody" : "looking"));
  if (!at("list").hidden) list.draw(all, { chosen: looked, followed: new Set(mine().map(({ id }) => id)), nowMs });
  if (!at("hand").hidden) showHand({ path: pathToHandOn(), runner: looked, name: looked?.name ?? race ?? "Trackside" });
  if (!at("replay").hidden) replay.draw();
}

/** The page that others may open. A key behind # opens more than they need. */
function pathToHandOn() {
  if (link) return link[1];
  if (location.hash.length > 1) return null;
  if (chosen && chosen !== feed) return board.runners.get(chosen).key ? null : `/r/${chosen}`;
  return single ? `/r/${feed}` : race ? `/race/${race}` : "/";
}

async function refresh() {
  setTimeout(refresh, REFRESH_MS * (0.9 + Math.random() * 0.2));
  try {
    const { runners } = await call("GET", "/api/runners");
    loaded = true;
    board.list(runners, (id) => isMine(id) || id === chosen);
  } catch {
    later(); // the line says already that there is no signal
  }
}

async function begin() {
  if (single && known) board.runners.get(feed).load(known);
  else if (known) board.list(known.runners, isMine);
  if (!embedded) {
    for (const { id, key: own } of mine()) {
      if (id !== feed && (!race || id.startsWith(`${race}/`))) board.follow(id, own);
    }
  }
  if (race && location.hash.length > 1) {
    await call("GET", pathOfRace(race), { key }).then(({ runners }) => board.list(runners, isMine), () => {});
    loaded = true;
  }
  board.open();
  if (feed === "") setTimeout(refresh, freshPage ? REFRESH_MS : 0);
  if (!freshPage) call("GET", "/health").catch(() => {}); // for its clock
}

at("find").hidden = feed !== "" || embedded;
at("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = at("id").value.trim();
  const path = /^https?:\/\/[^/]+(\/(?:r|f|race)\/.+)$/.exec(asked)?.[1];
  const id = asked.replace(/^\/+|\/+$/g, "");
  if (path) location.assign(path);
  else if (ID.test(id)) location.assign(`/r/${id}`);
  else at("wrong").textContent = text("badId");
});
at("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = at("added").value.trim();
  at("not-added").textContent = ID.test(id) ? "" : text("badId");
  if (!ID.test(id)) return;
  remember(id);
  board.follow(id);
  at("added").value = "";
  later();
});
at("everyone").addEventListener("click", () => choose(single ? feed : null));
addEventListener("hashchange", () => location.reload());

replay.of(board.runners.get(chosen) ?? null);
if (!single || matchMedia("(min-width: 800px)").matches) tabs.show("list");
begin();
setInterval(later, 1000);
later();
