// Who may follow: the link, as text, as a code, and handed on.

import { makeLink } from "./account.js";
import { Refused } from "../shared/api.js";
import { copy } from "../shared/copy.js";
import { keepRun } from "./keep.js";
import { text } from "../shared/texts.js";

const DAY_MS = 24 * 3600 * 1000;
const at = (name) => document.getElementById(name);
let making = false;

/** Where others follow the run, or undefined as long as that is not known. */
function addressOf(run) {
  if (run.visibility === "public") return new URL(`/r/${run.id}`, location.href).href;
  return run.share?.url ?? run.follow;
}

/** Makes a link with a code, once, when there is none that lasts; says so when the server makes none. */
export async function needLink(run) {
  if (making || run.share?.expires > Date.now() + DAY_MS) return;
  making = true;
  let words = text("noLinkYet");
  try {
    const { url, qr, expires } = await makeLink(run);
    run.share = { url, qr, expires };
    keepRun(run);
    showLink(run);
  } catch (failure) {
    if (!(failure instanceof Refused) || failure.status === 401) throw failure;
    words = failure.message;
  } finally {
    at("no-link").textContent = words;
    making = false;
  }
}

export function showLink(run) {
  const address = addressOf(run);
  const [link, qr] = [at("link"), at("qr")];
  at("no-link").hidden = address !== undefined;
  at("share").hidden = address === undefined;
  link.textContent = address ?? "";
  if (address) link.href = address;
  const code = run.share?.qr;
  qr.hidden = !code;
  if (code) qr.src = imageOf(code);
  qr.alt = text("qr");
}

/** A picture of ours stays a picture: it never becomes part of the page. */
export const imageOf = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

async function handOn() {
  const url = at("link").textContent;
  if (!navigator.share) return copy(at("link"), at("shared"));
  return navigator.share({ title: text("shareWords"), text: text("shareWords"), url }).catch(() => {});
}

at("share").addEventListener("click", handOn);
