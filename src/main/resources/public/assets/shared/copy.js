// Copies what stands on a page.

import { text } from "./texts.js";

/** Copies what an element says, or selects it for copying by hand; says so in another one. */
export async function copy(element, answer) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    answer.textContent = text("copied");
  } catch {
    getSelection().selectAllChildren(element);
    answer.textContent = text("copyByHand");
  }
}

/** Hands a link on as the phone does it; where it cannot, copies what an element says. */
export async function handOn(link, element, answer) {
  if (!navigator.share) return copy(element, answer);
  return navigator.share(link).catch(() => {});
}
