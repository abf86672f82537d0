// Finds, makes and fills the elements of a page.

import { keep } from "./kept.js";

export const at = (id) => document.getElementById(id);

/** Writes a text only if it differs, because a screen reader speaks whatever is written. */
export function tell(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Makes an element. Text from the network stays text. */
export function element(tag, words = "", className = "") {
  const made = document.createElement(tag);
  if (words) made.textContent = words;
  if (className) made.className = className;
  return made;
}

export function button(words, className, action) {
  const made = element("button", words, className);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

/** Puts a name into the heading and into the title of the page. */
export function headline(name) {
  tell(at("name"), name);
  document.title = `${name} · Trackside`;
}

/** Offers the values of a setting. The page reloads with the one that the reader chooses. */
export function offer(select, setting, options) {
  select.append(...options);
  select.addEventListener("change", () => {
    keep(setting, select.value);
    location.reload();
  });
}
