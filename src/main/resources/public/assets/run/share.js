// The link for those who follow: as text, as a code, and to hand on.

import { Refused } from "../shared/api.js";
import { handOn } from "../shared/copy.js";
import { at } from "../shared/elements.js";
import { text } from "../shared/texts.js";
import { DAY_MS } from "../shared/units.js";
import { makeLink } from "./account.js";
import { keepRun } from "./keep.js";

let making = false;

/** Where others follow the run, or undefined until the page knows. */
function addressOf(run) {
  if (run.visibility === "public") return new URL(`/r/${run.id}`, location.href).href;
  return run.share?.url ?? run.follow;
}

/** Makes a link with a code unless there is one that lasts, and says so if the server refuses. */
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

/** An SVG shown as an image never becomes part of the page. */
export const imageOf = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

at("share").addEventListener("click", () =>
  handOn({ title: text("shareWords"), text: text("shareWords"), url: at("link").textContent }, at("link"), at("shared")),
);
