// Asks whether the runner is sure before the page erases a run.

import { at } from "../shared/elements.js";

function ask(asking) {
  at("sure").hidden = !asking;
  at("erase").setAttribute("aria-expanded", String(asking));
  at(asking ? "erase-no" : "erase").focus();
}

/** @param erase runs once the runner has said yes */
export function whenSure(erase) {
  at("erase").addEventListener("click", () => ask(at("sure").hidden));
  at("erase-no").addEventListener("click", () => ask(false));
  at("erase-yes").addEventListener("click", erase);
}
