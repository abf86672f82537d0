// Replays a run: a dot on the trail, at any moment and any speed.

import { now } from "../shared/clock.js";
import { at, tell } from "../shared/elements.js";
import { moment, text } from "../shared/texts.js";
import { distance, span } from "../shared/words.js";
import { between } from "./motion.js";

const SPEEDS = [1, 10, 30, 100];
const USUAL = 30;

/** Where the runner was at a moment: on the line between two points. */
function placeAt(points, t) {
  const next = points.findIndex((point) => point.t >= t);
  if (next < 0) return { ...points.at(-1) };
  if (next === 0) return { ...points[0] };
  const { lat, lon } = between(points[next - 1], points[next], t);
  return { t, lat, lon };
}

/** @param ghost draws where the runner was; null removes the dot */
export function openReplay({ ghost }) {
  let runner = null;
  let t = null;
  let playing = null;
  for (const speed of SPEEDS) at("speed").append(new Option(`${speed}×`, speed, false, speed === USUAL));

  const points = () => runner?.measured().line ?? [];

  function draw() {
    const run = points();
    const possible = run.length > 1;
    if (!possible) halt();
    at("replaying").hidden = !possible;
    at("back").hidden = t === null;
    tell(at("play"), text(playing === null ? "play" : "pause"));
    if (!possible) {
      tell(at("replay-words"), text("replayNothing"));
      ghost(null);
      return;
    }
    const [from, to] = [run[0].t, run.at(-1).t];
    at("moment").min = 0;
    at("moment").max = to - from;
    at("moment").value = (t ?? to) - from;
    const words = wordsAt(run, t ?? to);
    tell(at("replay-words"), t === null ? text("replayWords", { name: runner.name }) : words);
    at("moment").setAttribute("aria-valuetext", words);
    ghost(t === null ? null : { ...placeAt(run, t), id: runner.id });
  }

  function wordsAt(run, t) {
    const way = distance(runner.measured().metresAt(t));
    return text("replayAt", { time: moment(t, now()), distance: way, span: span(t - run[0].t) });
  }

  function halt() {
    stop();
    t = null;
  }

  function stop() {
    cancelAnimationFrame(playing);
    playing = null;
  }

  function play(before) {
    playing = requestAnimationFrame((nowMs) => {
      if (points().length < 2) return draw(); // somebody erased the run meanwhile
      t += (nowMs - (before ?? nowMs)) * Number(at("speed").value);
      if (t >= points().at(-1).t) {
        t = points().at(-1).t;
        stop();
      } else {
        play(nowMs);
      }
      draw();
    });
  }

  function toNow() {
    halt();
    draw();
  }

  at("play").addEventListener("click", () => {
    const run = points();
    if (playing !== null) {
      stop();
    } else {
      if (t === null || t >= run.at(-1).t) t = run[0].t;
      play();
    }
    draw();
  });
  at("moment").addEventListener("input", () => {
    t = points()[0].t + Number(at("moment").value);
    draw();
  });
  at("back").addEventListener("click", toNow);

  return {
    /** Takes another runner, and starts over. */
    of(other) {
      if (other === runner) return;
      runner = other;
      toNow();
    },
    draw,
    close: toNow,
  };
}
