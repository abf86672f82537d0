// Keeps values in the browser, across reloads. Where the browser keeps nothing, they last until the page closes.

const PREFIX = "trackside.";
const unkept = new Map();

/** The value that the browser keeps, or null. */
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
    // The page goes on without.
  }
}

export const keptList = (name) => kept(name) ?? [];

/** Keeps a list; an empty one goes. */
export const keepList = (name, list) => keep(name, list.length > 0 ? list : null);
