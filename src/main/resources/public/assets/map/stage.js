// Puts everybody on the map, and keeps them in sight.

import { moment } from "../shared/texts.js";
import { openField } from "./field.js";
import { hue, openMap, whenColoursChange } from "./map.js";

const MOST_AT_ONCE = 20;
const EDGE = 0.2;
const REFRAME_MS = 5000;

/** A runner has the same hue everywhere. */
export function hueOf(id) {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + letter.codePointAt(0)) >>> 0;
  return hue(hash);
}

/**
 * @param drawn hears when the first dot is on the map
 * @param picked hears the id of the dot that the reader presses
 */
export function openStage({ element, centre, drawn, picked }) {
  const map = openMap(element);
  const field = openField(map);
  const shown = new Map();
  let following = true;
  let framed = false;
  let framedMs = 0;

  function place(runner) {
    const { id, trail } = runner;
    const { line, dot } = runner.measured();
    if (shown.get(id)?.cleared !== trail.cleared) remove(id); // what the server has taken back leaves the map as well
    const before = shown.get(id) ?? { t: -Infinity, version: -1 };
    const fresh = [...line.slice(-MOST_AT_ONCE), dot].filter(({ t }) => t > before.t);
    fresh.forEach((point) => field.place(id, point, { glide: before.version >= 0 }));
    if (trail.whole && before.version !== trail.version) field.trail(id, line);
    shown.set(id, { t: dot.t, version: trail.whole ? trail.version : 0, cleared: trail.cleared });
  }

  function look(runner, { shape, newest, chosen, nowMs }) {
    field.look(runner.id, {
      colour: hueOf(runner.id),
      state: shape,
      label: runner.name,
      note: shape === "silent" ? moment(newest.t, nowMs) : "",
      chosen,
    });
  }

  function remove(id) {
    if (shown.delete(id)) field.remove(id);
  }

  const placeOf = (id, { lat, lon }) => [lat, field.lonOf(id, lon)];

  function frame(places) {
    framed = true;
    framedMs = performance.now();
    map.fitBounds(places, { maxZoom: 16, padding: [40, 40], animate: false });
  }

  function keepInSight(place) {
    const { x, y } = map.getSize();
    map.panInside(place, { padding: [x * EDGE, y * EDGE] });
  }

  function keepAllInSight(places) {
    if (performance.now() - framedMs < REFRAME_MS) return;
    const bounds = map.getBounds();
    if (!places.every((place) => bounds.contains(place))) frame(places);
  }

  function follow(on) {
    following = on;
    centre.setAttribute("aria-pressed", String(on));
  }

  map.on("dragstart", () => follow(false));
  map.on("click", ({ containerPoint }) => {
    const id = field.hit(containerPoint);
    if (id) picked(id);
  });
  element.addEventListener("keydown", ({ key }) => key.startsWith("Arrow") && follow(false));
  centre.addEventListener("click", () => {
    framed = false;
    follow(true);
    element.focus();
  });
  whenColoursChange(() => field.redraw());

  return {
    field,

    /**
     * @param all has {runner, shape} of each
     * @param chosen the runner whom the reader looks at, or null
     */
    draw(all, chosen, nowMs) {
      const there = all.filter(({ runner }) => runner.trail.last());
      const ids = new Set(there.map(({ runner }) => runner.id));
      for (const id of [...shown.keys()]) if (!ids.has(id)) remove(id);
      for (const { runner, shape } of there) {
        place(runner);
        look(runner, { shape, newest: runner.trail.last(), chosen: runner === chosen, nowMs });
      }
      centre.hidden = there.length === 0;
      if (there.length === 0) return;
      drawn();
      const followed = chosen?.measured().dot;
      const newest = () => there.map(({ runner }) => placeOf(runner.id, runner.measured().dot));
      if (!framed) frame(followed ? chosen.measured().line.map((point) => placeOf(chosen.id, point)) : newest());
      else if (following && followed) keepInSight(placeOf(chosen.id, followed));
      else if (following && !chosen) keepAllInSight(newest());
    },

    /** Moves only the runners who sent something. */
    move(heard) {
      for (const runner of heard) if (shown.has(runner.id) && runner.trail.last()) place(runner);
    },

    /** Frames the map again, since the reader looks at somebody else. */
    turn() {
      framed = false;
      follow(true);
    },
  };
}
