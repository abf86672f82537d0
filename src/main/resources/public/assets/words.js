// Everything the pages say, and how they say numbers.

const MILE_M = 1609.344;
export const inMiles = /-(US|LR|MM)$/.test(navigator.language);
const unitM = inMiles ? MILE_M : 1000;
const unit = inMiles ? "mi" : "km";
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const oneDecimal = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SLOWEST_MPS = 0.5;

export function timeOfDay(ms) {
  return clock.format(ms);
}

/** A length of time: 8:20, 2:22:41. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function ago(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

export function pace(speedMps) {
  if (!(speedMps >= SLOWEST_MPS)) return "–";
  return `${span((unitM / speedMps) * 1000)} /${unit}`;
}

export function distance(metres) {
  const units = metres / unitM;
  return `${(units < 10 ? twoDecimals : oneDecimal).format(units)} ${unit}`;
}

/** Whether a runner is there, as shape, word and age. */
export const STATES = {
  none: () => ["none", "no position yet", ""],
  live: (ageMs) => ["live", "live,", `${ago(ageMs)} ago`],
  delayed: (ageMs) => ["delayed", "delayed,", ago(ageMs)],
  silent: (_, tMs) => ["silent", `no signal since ${timeOfDay(tMs)}`, ""],
  catching: (_, tMs, behind) => ["catching", `catching up: ${behind} points behind,`, `now at ${timeOfDay(tMs)}`],
  unsure: (ageMs) => ["silent", "last seen", `${ago(ageMs)} ago`],
  finished: () => ["finished", "finished", ""],
  sos: (ageMs, _, __, sosMs) => ["sos", `asked for help at ${timeOfDay(sosMs)}`, Number.isFinite(ageMs) ? `· last seen ${ago(ageMs)} ago` : ""],
  erased: () => ["none", "This run was erased.", ""],
};

export const TEXTS = {
  live: "Live by WebSocket",
  connecting: "Connecting…",
  reconnecting: "Connection lost, trying again…",
  offline: (tMs) => (tMs ? `You are offline, showing ${timeOfDay(tMs)}` : "You are offline"),
  needsKey: "This runner can be seen with a link only. Ask for one.",
  ended: (name) => `This link has ended. Ask ${name} for a new one.`,
  quiet: "No news is usually good news: phones lose signal in woods and tunnels.",
  battery: (percent) => `Last battery ${Math.round(percent)} %.`,
  liveNow: "Live now",
  rehearsal: "Rehearsal: recorded runs, replayed",
  rehearsed: "rehearsal",
  nobody: "Nobody is live just now.",
  unknown: "Who is live could not be loaded. Trying again…",
  badId: "A name is letters, digits, - and _, and in a race: race/bib.",
};
