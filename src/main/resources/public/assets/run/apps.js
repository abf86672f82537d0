// Apps that take the place of the page, and what the server could not read of theirs.

import { copy } from "../shared/copy.js";
import { at, button, element } from "../shared/elements.js";
import { text, timeOfDay } from "../shared/texts.js";
import { apps, quarantine } from "./account.js";
import { imageOf } from "./share.js";

const NAMES = {
  owntracks: "OwnTracks",
  overland: "Overland",
  traccar: "Traccar Client",
  "traccar-json": "Traccar Client",
  osmand: "OsmAnd",
  gpslogger: "GPSLogger",
  unknown: text("unknownApp"),
};
let listed = "";

/** A tap on an address would only open a browser, so the runner copies it into the app. */
function addressToCopy(link) {
  const address = element("code", link);
  const copying = button(text("copyAddress"), "second", () => copy(address, copying));
  return [address, copying];
}

function shown({ name, systems, link, qr, steps, file }) {
  const item = element("li");
  item.append(element("h3", name), element("p", systems.join(", "), "muted"));
  if (qr) {
    const code = element("img", "", "qr");
    code.src = imageOf(qr);
    code.alt = text("appQr", { app: name });
    item.append(code);
  }
  const list = item.appendChild(element("ol"));
  for (const step of steps) list.append(element("li", step));
  if (/^https?:/.test(link)) {
    item.append(...addressToCopy(link));
  } else {
    const open = item.appendChild(element("a", text("openApp", { app: name }), "button second"));
    open.href = link;
  }
  if (file) {
    const save = item.appendChild(element("a", text("saveFile", { file: file.name }), "button second"));
    save.href = URL.createObjectURL(new Blob([file.text], { type: "text/plain" }));
    save.download = file.name;
  }
  return item;
}

/** Shows how to set up each app for this run. */
export async function showApps(run) {
  at("no-codes").textContent = "";
  try {
    const { apps: all } = await apps(run);
    at("app-list").replaceChildren(...all.map(shown));
  } catch {
    at("no-codes").textContent = text("noCodesYet");
  }
}

export function forgetApps() {
  at("app-list").replaceChildren();
  at("apps").open = false;
  at("unread").hidden = true;
  listed = "";
}

function totals(counts) {
  const all = new Map();
  for (const { dialect, count } of counts) all.set(dialect, (all.get(dialect) ?? 0) + count);
  return all;
}

/** Shows what the server could not read, if there is any. */
export async function showUnread(run) {
  const answer = await quarantine(run);
  if (JSON.stringify(answer) === listed) return;
  listed = JSON.stringify(answer);
  const { counts, newest } = answer;
  at("unread").hidden = counts.length === 0;
  at("unread-counts").replaceChildren(
    ...[...totals(counts)].map(([dialect, count]) => element("li", text("unreadCount", { app: NAMES[dialect] ?? dialect, count }))),
  );
  at("unread-newest").replaceChildren(
    ...newest.map(({ t, message, request }) => {
      const item = element("li", text("last", { time: timeOfDay(t), what: message }));
      item.append(element("code", request));
      return item;
    }),
  );
}
