// The calls of a runner to the server.

import { setBy } from "./clock.js";
import { language } from "./texts.js";

const LINK_SECONDS = 30 * 24 * 3600;
const PATIENCE_MS = 30000;

/** The server's no, with its words; without an answer a call fails with another error. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, key, body, patienceMs = PATIENCE_MS) {
  const headers = { "Accept-Language": language };
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body) headers["Content-Type"] = "application/json";
  const response = await fetch(path, {
    method,
    headers,
    cache: "no-store",
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout?.(patienceMs),
  });
  setBy(response);
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer?.error?.message ?? response.statusText);
  return answer;
}

function pathOf(id) {
  const [race, bib] = id.split("/");
  return bib === undefined ? `/api/runners/${id}` : `/api/races/${race}/runners/${bib}`;
}

export const claim = (name) => call("POST", "/api/runners", null, name ? { name } : {});
export const whoHas = (key, patienceMs) => call("GET", "/api/me", key, undefined, patienceMs);
export const change = ({ id, key }, what) => call("PATCH", pathOf(id), key, what);
export const erase = ({ id, key }) => call("DELETE", pathOf(id), key);
export const apps = ({ id, key }) => call("GET", `${pathOf(id)}/apps`, key);
export const quarantine = ({ id, key }) => call("GET", `${pathOf(id)}/quarantine`, key);
export const makeLink = ({ id, key }) =>
  call("POST", `${pathOf(id)}/links`, key, { name: "runner's page", expires: LINK_SECONDS });
