// List, share and replay: one of them is open at a time. Each has a key.

import { at } from "../shared/elements.js";

const KEYS = { l: "list", s: "hand", r: "replay" };

/** @param opened hears the name of the open one, or null */
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
