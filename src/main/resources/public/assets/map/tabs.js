// List, share, replay: one of them open at a time, each by one key.

import { at } from "../shared/elements.js";

const KEYS = { l: "list", s: "hand", r: "replay" };

/** @param opened is told the name of what was opened, or null */
export function openTabs(opened) {
  const names = Object.values(KEYS);

  function show(name) {
    for (const one of names) {
      at(one).hidden = one !== name;
      at(`${one}-tab`).setAttribute("aria-expanded", String(one === name));
    }
    opened(name);
  }

  const toggle = (name) => show(at(name).hidden ? name : null);
  for (const name of names) at(`${name}-tab`).addEventListener("click", () => toggle(name));
  addEventListener("keydown", ({ key, target, altKey, ctrlKey, metaKey }) => {
    const name = KEYS[key];
    if (!name || altKey || ctrlKey || metaKey || target.closest("input, select, textarea")) return;
    show(name);
    at(`${name}-tab`).focus();
  });
  return { show };
}
