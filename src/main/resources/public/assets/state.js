// How a runner is, from what is known of him.

const SILENT_MS = 60000;
const SHORTEST_DELAY_MS = 10000;

/**
 * @param newest the newest position, or undefined
 * @param usualMs the runner's usual interval
 * @param status the server's last word about the runner, or null
 * @param connected whether news would arrive
 */
export function stateOf({ newest, usualMs, status, connected, nowMs }) {
  if (status?.sos > 0) return "sos";
  if (newest === undefined) return "none";
  if (status?.state === "finished") return "finished";
  const ageMs = nowMs - newest.t;
  if (!connected && ageMs > SHORTEST_DELAY_MS) return "unsure";
  const heard = status?.state === "live"; // a sign of life without a position counts, too
  if (status?.state === "quiet" || (!heard && ageMs > Math.max(SILENT_MS, 3 * usualMs))) return "silent";
  if (status?.behind > 0 && newest.queue > 0) return "catching";
  return ageMs > Math.max(SHORTEST_DELAY_MS, 3 * usualMs) ? "delayed" : "live";
}

/** The usual interval of the newest points, in ms. */
export function usualInterval(points) {
  const steps = points.slice(-20).map((point, i, all) => (i === 0 ? 0 : point.t - all[i - 1].t));
  const sorted = steps.slice(1).sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[sorted.length >> 1];
}

export function metresBetween(one, other) {
  const radians = Math.PI / 180;
  const x = (other.lon - one.lon) * radians * Math.cos(((one.lat + other.lat) / 2) * radians);
  const y = (other.lat - one.lat) * radians;
  return Math.hypot(x, y) * 6371009;
}

/** The speed the runner gave, else that of the last stretch of the trail. */
export function speedOf(points) {
  const newest = points.at(-1);
  if (Number.isFinite(newest.speed)) return newest.speed;
  const from = points.findLast((point) => newest.t - point.t > 15000) ?? points[0];
  const seconds = (newest.t - from.t) / 1000;
  let metres = 0;
  for (let i = points.indexOf(from) + 1; i < points.length; i++) metres += metresBetween(points[i - 1], points[i]);
  return seconds > 0 && seconds < 120 ? metres / seconds : NaN;
}
