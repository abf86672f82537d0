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
