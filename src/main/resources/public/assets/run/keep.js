// Keeps the run and its keys in this browser, across reloads.

import { keep as write, keepList, kept as read, keptList } from "../shared/kept.js";

const RUN = "run";
const KEYS = "keys";
const SHOWN = "shown";
const ENDING = "ending";

/** The run of this page: {id, key, name, state: ready|running|finishing|finished, startedMs, aheadMs, follow, share}. */
export const keptRun = () => read(RUN);

/** Keeps a run. Its key stays for as long as points of it wait. */
export function keepRun(run) {
  if (run) keepKey(run.id, run.key);
  write(RUN, run);
}

/** The key of a runner whose points still wait, or undefined. */
export const keyOf = (id) => read(KEYS)?.[id];

function keepKey(id, key) {
  write(KEYS, { ...read(KEYS), [id]: key });
}

export function forgetKey(id) {
  const { [id]: _, ...others } = read(KEYS) ?? {};
  write(KEYS, Object.keys(others).length > 0 ? others : null);
  forgetEnding(id);
}

/** The runs that end as soon as none of their points wait. */
export const endings = () => keptList(ENDING);

export function keepEnding(id) {
  keepList(ENDING, [...endings(), id]);
}

export function forgetEnding(id) {
  keepList(ENDING, endings().filter((one) => one !== id));
}

/** A key from the address, before anybody knows whose it is. */
export const shownKey = () => read(SHOWN);
export const keepShownKey = (key) => write(SHOWN, key);
