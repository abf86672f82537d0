// Says how a runner is, from all that the page knows.

import { moment, percent, text } from "../shared/texts.js";
import { ago, span } from "../shared/words.js";

const SILENT_MS = 60000;
const SHORTEST_DELAY_MS = 10000;
const STANDING_MS = 120000;

/**
 * @param newest the newest position, or undefined
 * @param usualMs the runner's usual interval
 * @param standingMs for how long they have not moved
 * @param status the server's last word about them, or null
 * @param connected whether news would arrive
 */
export function stateOf({ newest, usualMs, standingMs, status, connected, nowMs }) {
  if (status?.sos > 0) return "sos";
  if (newest === undefined) return "none";
  if (status?.state === "finished") return "finished";
  const ageMs = nowMs - newest.t;
  if (!connected && ageMs > SHORTEST_DELAY_MS) return "unsure";
  const heard = status?.state === "live"; // a sign of life without a position counts too
  if (status?.state === "quiet" || (!heard && ageMs > Math.max(SILENT_MS, 3 * usualMs))) return "silent";
  if (status?.behind > 0 && newest.queue > 0) return "catching";
  if (ageMs > Math.max(SHORTEST_DELAY_MS, 3 * usualMs)) return "delayed";
  return standingMs >= STANDING_MS ? "stopped" : "live";
}

export const shapeOf = (state) => ({ unsure: "silent", erased: "none" })[state] ?? state;

/** Whether the pace of a runner with that shape is worth showing. */
export const isMoving = (shape) => shape === "live" || shape === "catching";

/** The word for a state, when nothing follows it. */
export const wordAlone = (word) => word.replace(/,$/, "");

/** A state in words: one for the state, and one that changes every second. */
export function wordsOf(state, { newest, status, standingMs, startMs, nowMs, id, unseen }) {
  const ageMs = nowMs - newest?.t;
  const word = (name, values) => text(`is.${name}`, values);
  const age = { age: ago(ageMs) };
  switch (state) {
    case "live":
      return [word("live"), text("ago", age)];
    case "delayed":
      return [word("delayed"), ago(ageMs)];
    case "silent":
      return [word("silent", { time: moment(newest.t, nowMs) }), ""];
    case "catching":
      return [word("catching", { count: status.behind }), text("nowAt", { time: moment(newest.t, nowMs) })];
    case "stopped":
      return [word("stopped"), text("for", { age: ago(standingMs + ageMs) })];
    case "unsure":
      return [word("unsure"), text("ago", age)];
    case "finished":
      return [word("finished"), span(newest.t - startMs)];
    case "sos":
      return [word("sos", { time: moment(status.sos, nowMs) }), newest ? text("lastSeen", age) : ""];
    case "erased":
      return [word("erased"), ""];
    default:
      return [word(unseen ? "unseen" : "none", { id }), ""];
  }
}

/** Comforts those who follow a silent runner: how the battery was, and that silence is no bad sign. */
export function comfort(state, newest) {
  if (state !== "silent") return "";
  const battery = Number.isFinite(newest.battery) ? [text("lastBattery", { percent: percent(newest.battery) })] : [];
  return [...battery, text("noNews")].join(" ");
}
