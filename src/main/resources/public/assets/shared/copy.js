// Copies texts, and hands links on.

import { text } from "./texts.js";

/** Copies the text of an element, or selects it for copying by hand, and says so in another element. */
export async function copy(element, answer) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    answer.textContent = text("copied");
  } catch {
    getSelection().selectAllChildren(element);
    answer.textContent = text("copyByHand");
  }
}

/** Opens the phone's own dialog to share a link, or copies the text of an element where there is none. */
export async function handOn(link, element, answer) {
  if (!navigator.share) return copy(element, answer);
  return navigator.share(link).catch(() => {});
}
