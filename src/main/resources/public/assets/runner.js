// The page of one runner.

import { now, setBy } from "./clock.js";
import { openLine } from "./line.js";
import { Mark, colour, openMap, whenColoursChange } from "./map.js";
import { metresBetween, speedOf, stateOf, usualInterval } from "./state.js";
import { Trail } from "./trail.js";
import { STATES, TEXTS, distance, pace, span } from "./words.js";

const TRAIL = 500;
const { id, name: called } = document.body.dataset;
const key = location.hash.slice(1) || (/^\/f\/([^/]+)/.exec(location.pathname)?.[1] ?? "");
const at = (name) => document.getElementById(name);
const trail = new Trail();
const map = openMap(at("map"));
const mark = new Mark(map, () => colour("accent"));
let status = null;
let line = "connecting";
let erased = false;
let following = true;
let framed = false;
let drawing = false;

window.trackside = { trail: () => [...trail.points] };
at("rehearsal").hidden = !id.startsWith("rehearsal/");
tell("name", called || id);

openLine({
  greeting: () => {
    const resume = trail.newestSeq > 0 ? { after: trail.resumeAfter() } : {};
    return [{ id, batch: true, events: true, trail: TRAIL, ...(key && { key }), ...resume }];
  },
  hear,
  changed: (how) => {
    line = how;
    later();
  },
});
fetch(location.pathname, { method: "HEAD", cache: "no-store" }).then(setBy, () => {});
setInterval(later, 1000);
whenColoursChange(later);

function hear(message) {
  switch (message.type) {
    case "position":
      if (message.id !== id) return;
      erased = false;
      trail.add(message);
      break;
    case "welcome":
    case "status":
      status = message;
      break;
    case "reset":
      forget();
      break;
    case "erased":
      forget();
      erased = true;
      break;
    case "error":
      console.warn(message.code, message.message);
      break;
  }
  later();
}

function forget() {
  trail.clear();
  mark.remove();
  framed = false;
}

/** Draws once a frame, however much has come; a page nobody sees draws when it is seen again. */
function later() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function draw() {
  drawing = false;
  const newest = trail.last();
  const connected = line === "live";
  const usualMs = usualInterval(trail.points);
  const state = erased ? "erased" : stateOf({ newest, usualMs, status, connected, nowMs: now() });
  const [shape, word, age] = STATES[state](now() - newest?.t, newest?.t, status?.behind, status?.sos);
  at("shape").className = `shape ${shape}`;
  tell("state", line === "connecting" && !newest ? "connecting" : word);
  tell("age", age);
  tell("foot", line === "offline" ? TEXTS.offline(newest?.t) : line === "ended" ? TEXTS.ended(called || id) : TEXTS[line]);
  const more = state === "silent" ? [Number.isFinite(newest.battery) && TEXTS.battery(newest.battery), TEXTS.quiet].filter(Boolean).join(" ") : "";
  tell("more", more);
  at("more").hidden = more === "";
  at("numbers").hidden = !newest;
  if (newest) drawRunner(newest, shape);
}

function drawRunner(newest, shape) {
  const name = called && called !== id ? called : typeof newest.name === "string" && newest.name !== "" ? newest.name : id;
  tell("name", name);
  document.title = `${name} · Trackside`;
  let metres = 0;
  for (let i = 1; i < trail.points.length; i++) metres += metresBetween(trail.points[i - 1], trail.points[i]);
  tell("pace", pace(shape === "live" ? speedOf(trail.points) : NaN));
  tell("distance", distance(metres));
  tell("time", span(newest.t - trail.points[0].t));
  mark.draw(trail.points);
  mark.place(newest);
  mark.look(shape);
  keepInSight(newest);
}

function keepInSight(newest) {
  if (!framed) {
    framed = true;
    map.fitBounds(trail.points.map((point) => [point.lat, point.lon]), { maxZoom: 16, padding: [40, 40], animate: false });
  } else if (following) {
    const size = map.getSize();
    map.panInside([newest.lat, newest.lon], { padding: [size.x * 0.2, size.y * 0.2] });
  }
}

function follow(on) {
  following = on;
  at("centre").setAttribute("aria-pressed", String(on));
  if (on && trail.last()) map.panTo([trail.last().lat, trail.last().lon]);
}

map.on("dragstart", () => follow(false));
at("map").addEventListener("keydown", (event) => event.key.startsWith("Arrow") && follow(false));
at("centre").addEventListener("click", () => {
  follow(true);
  at("map").focus();
});

/** Text from the network stays text. */
function tell(name, text) {
  const element = at(name);
  if (element.textContent !== text) element.textContent = text;
}
