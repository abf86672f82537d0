// What a runner asks of the server.

import { call, pathOf } from "../shared/api.js";
import { DAY_MS } from "../shared/units.js";

const LINK_SECONDS = (30 * DAY_MS) / 1000;

let attempt = null;

/** Claims a runner. The same call after a lost answer gets the same runner. */
export async function claim(name) {
  if (attempt?.name !== name) attempt = { name, once: crypto.getRandomValues(new Uint32Array(4)).join("-") };
  const claimed = await call("POST", "/api/runners", { body: name ? { name } : {}, once: attempt.once });
  attempt = null;
  return claimed;
}

export const whoHas = (key, patienceMs) => call("GET", "/api/me", { key, patienceMs });
export const change = ({ id, key }, what) => call("PATCH", pathOf(id), { key, body: what });
export const erase = ({ id, key }) => call("DELETE", pathOf(id), { key });
export const apps = ({ id, key }) => call("GET", `${pathOf(id)}/apps`, { key });
export const quarantine = ({ id, key }) => call("GET", `${pathOf(id)}/quarantine`, { key });
export const makeLink = ({ id, key }) =>
  call("POST", `${pathOf(id)}/links`, { key, body: { name: "runner's page", expires: LINK_SECONDS } });
