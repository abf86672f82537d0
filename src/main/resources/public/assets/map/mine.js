// Remembers on this phone whom its reader follows.

import { keepList, keptList } from "../shared/kept.js";

const MOST = 20;

/** [{id, key?}], the oldest first. */
export const mine = () => keptList("mine");

export const isMine = (id) => mine().some((one) => one.id === id);

/** Remembers a runner with the key that shows them, and at most 20 of them. */
export function remember(id, key) {
  const others = mine().filter((one) => one.id !== id);
  keepList("mine", [...others, key ? { id, key } : { id }].slice(-MOST));
}

export function forget(id) {
  const others = mine().filter((one) => one.id !== id);
  keepList("mine", others);
}
