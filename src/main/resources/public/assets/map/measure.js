// Measures a trail: distance, pace, climb, and how long a runner has stood still.

import { eastwards } from "./world.js";

/** Nobody knows which way a runner takes in a silence longer than this. */
export const BREAK_MS = 120000;

const EARTH_M = 6371009;
const STEP_M = 8;
const CLIMB_M = 5;
const PACE_OVER_M = 300;
const PACE_LEAST_M = 30;
const STANDING_M = 30;
/** One degree, in radians. */
export const RADIANS = Math.PI / 180;

/** Metres between two places close by, the shorter way around the world. */
export function metresBetween(one, other) {
  const x = eastwards(one.lon, other.lon) * RADIANS * Math.cos(((one.lat + other.lat) / 2) * RADIANS);
  const y = (other.lat - one.lat) * RADIANS;
  return Math.hypot(x, y) * EARTH_M;
}

/** Metres along a trail. A runner who stands still goes nowhere, though their fixes wander. */
export function length(points) {
  let metres = 0;
  let from = points[0];
  for (const point of points) {
    const step = metresBetween(from, point);
    if (step < STEP_M) continue;
    metres += step;
    from = point;
  }
  return metres;
}

/** Metres of climb, or NaN without altitudes. Satellites are wrong by a few metres, so less than 5 m does not count. */
export function climbed(points) {
  let metres = NaN;
  let lowest = NaN;
  for (const { alt } of points) {
    if (!Number.isFinite(alt)) continue;
    if (Number.isNaN(metres)) metres = 0;
    if (Number.isNaN(lowest) || alt < lowest) lowest = alt;
    if (alt - lowest < CLIMB_M) continue;
    metres += alt - lowest;
    lowest = alt;
  }
  return metres;
}

/** Metres a second over the last 300 m, or what the phone says on a shorter way. */
export function speed(points) {
  const newest = points.at(-1);
  let metres = 0;
  let from = points.length - 1;
  while (from > 0 && metres < PACE_OVER_M && points[from].t - points[from - 1].t <= BREAK_MS) {
    metres += metresBetween(points[from - 1], points[from]);
    from--;
  }
  const seconds = (newest.t - points[from].t) / 1000;
  return metres >= PACE_LEAST_M && seconds > 0 ? metres / seconds : (newest.speed ?? NaN);
}

/** For how many ms the runner has stayed near the newest point. */
export function standing(points) {
  const newest = points.at(-1);
  let from = points.length - 1;
  while (from > 0 && metresBetween(points[from - 1], newest) < STANDING_M) from--;
  return newest.t - points[from].t;
}

/** The median of the newest intervals, in ms. */
export function usualInterval(points) {
  const newest = points.slice(-21);
  const steps = newest.slice(1).map((point, i) => point.t - newest[i].t);
  steps.sort((one, other) => one - other);
  return steps.length === 0 ? 0 : steps[steps.length >> 1];
}
