// Hands on what the reader looks at: the link, its code, and the track as a file.

import { pathOf } from "../shared/api.js";
import { handOn } from "../shared/copy.js";
import { at } from "../shared/elements.js";
import { text } from "../shared/texts.js";

let shown = "";

/**
 * @param path of the page to hand on, or null if it would give the reader's own key away
 * @param runner whose track the reader can save, or null
 */
export function showHand({ path, runner, name }) {
  const now = `${path} ${runner?.id} ${name}`;
  if (now === shown) return;
  shown = now;
  const address = path && new URL(path, location.href).href;
  at("hand-words").textContent = text(path ? "handWords" : "handNot", { name });
  at("link").textContent = address ?? "";
  at("link").hidden = at("hand-on").hidden = !path;
  at("qr").hidden = !path || path === "/";
  if (path) at("link").href = address;
  if (!at("qr").hidden) {
    at("qr").src = `${path}/qr.svg`;
    at("qr").alt = text("qr");
  }
  at("gpx").hidden = !runner;
  if (runner) at("gpx").href = `${pathOf(runner.id)}/track.gpx${runner.key ? `?key=${runner.key}` : ""}`;
}

at("hand-on").addEventListener("click", () =>
  handOn({ title: document.title, url: at("link").href }, at("link"), at("handed")),
);
