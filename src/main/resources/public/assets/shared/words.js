// Says numbers in the reader's own units.

import { offer } from "./elements.js";
import { kept } from "./kept.js";
import { locale, whole } from "./texts.js";

const UNITS = ["km", "mi"];
const MILE_M = 1609.344;
const FOOT_M = 0.3048;
const SLOWEST_MPS = 0.5;
const usual = /-(US|LR|MM)\b/.test(navigator.language) ? "mi" : "km";
export const unit = UNITS.includes(kept("units")) ? kept("units") : usual;
export const inMiles = unit === "mi";
const unitM = inMiles ? MILE_M : 1000;
const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const days = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "short" });
const twoDecimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

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
  if (seconds < 100) return `${seconds}\u00a0s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}\u00a0min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)}\u00a0h`;
  return days.format(Math.floor(seconds / 86400));
}

/** A pace without its unit. */
export const paceIn = (speedMps) => (speedMps >= SLOWEST_MPS ? span((unitM / speedMps) * 1000) : "–");

export function pace(speedMps) {
  return speedMps >= SLOWEST_MPS ? `${paceIn(speedMps)}\u00a0/${unit}` : "–";
}

/** A distance without its unit. */
export function distanceIn(metres) {
  if (!Number.isFinite(metres)) return "–";
  const units = metres / unitM;
  return (units < 10 ? twoDecimals : oneDecimal).format(units);
}

export function distance(metres) {
  return Number.isFinite(metres) ? `${distanceIn(metres)}\u00a0${unit}` : "–";
}

export function climb(metres) {
  if (!Number.isFinite(metres)) return "–";
  return inMiles ? `${whole(metres / FOOT_M)}\u00a0ft` : `${whole(metres)}\u00a0m`;
}

export function offerUnits(select) {
  offer(select, "units", UNITS.map((one) => new Option(one, one, false, one === unit)));
}
