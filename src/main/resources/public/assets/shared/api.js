// Asks the server over HTTP.

import { setBy } from "./clock.js";
import { language } from "./texts.js";

const PATIENCE_MS = 30000;

/** The server refuses, in its own words. Without an answer, a call fails with another error. */
export class Refused extends Error {
  constructor(status, message, code = "") {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Whether the server says that nobody has this key. */
export const isKeyUnknown = (failure) => failure instanceof Refused && failure.status === 401;

/**
 * @param once names the call, which the server carries out once however often it is made
 * @param patienceMs how long to wait for the whole answer
 */
export async function call(method, path, { key, body, once, patienceMs = PATIENCE_MS } = {}) {
  const headers = { "Accept-Language": language };
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  if (once) headers["Idempotency-Key"] = `"${once}"`;
  const sentMs = Date.now();
  const response = await fetch(path, {
    method,
    headers,
    cache: "no-store",
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout?.(patienceMs),
  });
  setBy(response, sentMs);
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer?.error?.message ?? `HTTP ${response.status}`, answer?.error?.code);
  return answer;
}

/** @param id a runner, or race/bib for one in a race */
export function pathOf(id) {
  const [race, bib] = id.split("/");
  return bib === undefined ? `/api/runners/${race}` : `${pathOfRace(race)}/${bib}`;
}

export const pathOfRace = (race) => `/api/races/${race}/runners`;
