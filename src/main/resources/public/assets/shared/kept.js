// What a browser keeps for a page, across reloads; where it keeps nothing, until the page is closed.

const PREFIX = "trackside.";
const unkept = new Map();

/** The value that was kept, or null. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? unkept.get(name) ?? null;
  } catch {
    return unkept.get(name) ?? null;
  }
}

/** Keeps a value; null forgets it. */
export function keep(name, value) {
  unkept.set(name, value);
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // the page goes on without
  }
}

export const keptList = (name) => kept(name) ?? [];

/** Keeps a list; an empty one is forgotten. */
export const keepList = (name, list) => keep(name, list.length > 0 ? list : null);
