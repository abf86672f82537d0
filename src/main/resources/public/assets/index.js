// The first page: who is live, in words and on the map.

import { now, setBy } from "./clock.js";
import { openLine } from "./line.js";
import { Mark, hue, openMap, whenColoursChange } from "./map.js";
import { stateOf } from "./state.js";
import { STATES, TEXTS, pace } from "./words.js";

const ID = /^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64})?$/;
const REFRESH_MS = 15000;
const IDS_A_MESSAGE = 25;
const MOST = 200;
const at = (name) => document.getElementById(name);
const race = document.body.dataset.feed;
const key = /^\/f\/([^/]+)/.exec(location.pathname)?.[1];
const map = openMap(at("map"));
const runners = new Map();
let line = null;
let state = "connecting";
let framed = false;
let drawing = false;

window.trackside = { runners: () => [...runners.values()].map(({ id, newest }) => ({ id, newest })) };

at("follow").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = at("id").value.trim().replace(/^\/+|\/+$/g, "");
  if (ID.test(id)) location.assign(`/r/${id}`);
  else at("wrong").textContent = TEXTS.badId;
});

async function refresh() {
  setTimeout(refresh, REFRESH_MS * (0.9 + Math.random() * 0.2));
  try {
    const response = await fetch("/api/runners", { cache: "no-store" });
    if (!response.ok) throw new Error(response.statusText);
    setBy(response);
    const listed = (await response.json()).runners.slice(0, MOST);
    const ids = new Set(listed.map((runner) => runner.id));
    for (const runner of [...runners.values()]) if (!ids.has(runner.id)) drop(runner);
    const fresh = listed.filter(({ id }) => !runners.has(id));
    fresh.sort((one, other) => one.name.localeCompare(other.name));
    for (const { id, name, position } of fresh) welcome(id, name, position);
    at("nobody").hidden = runners.size > 0;
    at("nobody").textContent = TEXTS.nobody;
    if (line === null && runners.size > 0) line = open();
    else if (fresh.length > 0) line?.say(greeting(fresh.map(({ id }) => id)));
  } catch {
    at("nobody").textContent = TEXTS.unknown;
  }
  later();
}

function open() {
  return openLine({
    greeting: () => greeting([...runners.keys()]),
    hear,
    changed: (how) => {
      state = how;
      later();
    },
  });
}

function greeting(ids) {
  if (race) return [{ follow: [race], batch: true, events: true, trail: 1, ...(key && { key }) }];
  const messages = [];
  for (let i = 0; i < ids.length; i += IDS_A_MESSAGE) {
    messages.push({ follow: ids.slice(i, i + IDS_A_MESSAGE), batch: true, events: true, trail: 1 });
  }
  return messages;
}

function hear(message) {
  if (race && message.type === "position" && !runners.has(message.id) && runners.size < MOST) {
    welcome(message.id, message.id, message);
    at("nobody").hidden = true;
  }
  const runner = runners.get(message.id);
  if (!runner) return;
  if (message.type === "position" && message.t >= runner.newest.t) runner.newest = message;
  else if (message.type === "status") runner.status = message;
  else if (message.type === "erased") drop(runner);
  later();
}

function welcome(id, name, newest) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = `/r/${id}${key ? `#${key}` : ""}`;
  const parts = ["dot", "name", "now"].map((name) => {
    const part = link.appendChild(document.createElement("span"));
    part.className = name;
    return part;
  });
  const index = runners.size;
  const mark = new Mark(map, () => hue(index));
  runners.set(id, { id, name, newest, status: null, item, parts, mark, index });
  at("runners").append(item);
}

function drop(runner) {
  runner.item.remove();
  runner.mark.remove();
  runners.delete(runner.id);
}

function later() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function draw() {
  drawing = false;
  const all = [...runners.values()];
  const rehearsal = all.length > 0 && all.every(({ id }) => id.startsWith("rehearsal/"));
  tell(at("heading"), rehearsal ? TEXTS.rehearsal : TEXTS.liveNow);
  at("heading").classList.toggle("rehearsal", rehearsal);
  for (const runner of all) drawRunner(runner);
  tell(at("foot"), line === null ? "" : state === "offline" ? TEXTS.offline() : state === "ended" ? TEXTS.ended(race) : TEXTS[state]);
  if (!framed && all.length > 0) {
    framed = true;
    map.fitBounds(all.map(({ newest }) => [newest.lat, newest.lon]), { maxZoom: 16, padding: [56, 56], animate: false });
  }
}

function drawRunner({ id, name, newest, status, parts, mark, index }) {
  const nowMs = now();
  const state_ = stateOf({ newest, usualMs: 0, status, connected: state === "live", nowMs });
  const [shape, word, age] = STATES[state_](nowMs - newest.t, newest.t, status?.behind, status?.sos);
  const shown = typeof newest.name === "string" && newest.name !== "" ? newest.name : name;
  parts[0].style.background = hue(index);
  const marked = id.startsWith("rehearsal/") && at("heading").textContent !== TEXTS.rehearsal;
  tell(parts[1], marked ? `${shown} (${TEXTS.rehearsed})` : shown);
  tell(parts[2], shape === "live" ? `${pace(newest.speed)} · ${age}` : `${word} ${age}`);
  mark.place(newest, shown);
  mark.look(shape);
}

/** Text from the network stays text. */
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

setInterval(later, 1000);
whenColoursChange(later);
if (race) {
  at("follow").hidden = at("share").hidden = true;
  at("nobody").textContent = TEXTS.nobody;
  line = open();
} else {
  refresh();
}
