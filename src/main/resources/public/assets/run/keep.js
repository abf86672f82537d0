// What this browser keeps of the runner's page, across reloads: whose it is, and how far the run is.

import { keep as write, keepList, kept as read, keptList } from "../shared/kept.js";

const RUN = "run";
const KEYS = "keys";
const SHOWN = "shown";
const ENDING = "ending";

/** The run of this page: {id, key, name, state: ready|running|finishing|finished, startedMs, aheadMs, follow, share}. */
export const keptRun = () => read(RUN);

/** Keeps a run, and its key for as long as points of it are waiting. */
export function keepRun(run) {
  if (run) keepKey(run.id, run.key);
  write(RUN, run);
}

/** The key of a runner whose points are still waiting, or undefined. */
export const keyOf = (id) => read(KEYS)?.[id];

function keepKey(id, key) {
  write(KEYS, { ...read(KEYS), [id]: key });
}

export function forgetKey(id) {
  const { [id]: _, ...others } = read(KEYS) ?? {};
  write(KEYS, Object.keys(others).length > 0 ? others : null);
  forgetEnding(id);
}

/** Runs that end as soon as nothing of them waits. */
export const endings = () => keptList(ENDING);

export function keepEnding(id) {
  keepList(ENDING, [...endings(), id]);
}

export function forgetEnding(id) {
  keepList(ENDING, endings().filter((one) => one !== id));
}

/** A key that came with the address and is not known to be anybody's yet. */
export const shownKey = () => read(SHOWN);
export const keepShownKey = (key) => write(SHOWN, key);
