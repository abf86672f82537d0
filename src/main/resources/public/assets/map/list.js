// Everybody in a table that says what the map shows.

import { at, button, element, tell } from "../shared/elements.js";
import { text } from "../shared/texts.js";
import { ago, distanceIn, paceIn, unit } from "../shared/words.js";
import { hueOf } from "./stage.js";
import { isMoving, wordAlone } from "./state.js";

const ROWS = 100;
const ORDERS = {
  name: (one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }),
  pace: (one, other) => falling(one.speed, other.speed),
  distance: (one, other) => falling(one.metres, other.metres),
  age: (one, other) => falling(one.t, other.t),
};

/** Puts the greatest first and the unknown last. */
const falling = (one, other) => (Number.isFinite(other) ? other : -Infinity) - (Number.isFinite(one) ? one : -Infinity) || 0;

/**
 * @param choose hears whom the reader wants to look at
 * @param star hears whom the reader starts or stops following
 */
export function openList({ choose, star }) {
  const rows = new Map();
  let sort = "";
  let backwards = false;
  let most = ROWS;

  function rowOf(id) {
    const known = rows.get(id);
    if (known) return known;
    const row = element("tr");
    const cell = () => row.appendChild(element("td"));
    const starred = cell().appendChild(button("", "star", () => star(id)));
    const who = row.appendChild(element("th"));
    who.scope = "row";
    const chosen = who.appendChild(button("", "name", () => choose(id)));
    const [dot, name] = [element("span", "", "dot"), element("span")];
    chosen.append(dot, name);
    const state = who.appendChild(element("span", "", "how muted"));
    const made = { row, starred, chosen, dot, name, state, pace: cell(), distance: cell(), age: cell() };
    rows.set(id, made);
    return made;
  }

  function fill({ runner, shape, word, name, speed, metres, t, mine, chosen }, nowMs) {
    const row = rowOf(runner.id);
    tell(row.name, name);
    tell(row.state, wordAlone(word));
    tell(row.pace, paceIn(isMoving(shape) ? speed : NaN));
    tell(row.distance, distanceIn(metres));
    tell(row.age, t ? ago(nowMs - t) : "–");
    tell(row.starred, mine ? "★" : "☆");
    row.dot.style.background = hueOf(runner.id);
    set(row.starred, "aria-label", text("followName", { name }));
    set(row.starred, "aria-pressed", String(mine));
    set(row.chosen, "aria-pressed", String(chosen));
    return row.row;
  }

  function set(target, attribute, value) {
    if (target.getAttribute(attribute) !== value) target.setAttribute(attribute, value);
  }

  function sorted(all) {
    const order = ORDERS[sort];
    return all.sort((one, other) => {
      if (one.mine !== other.mine) return one.mine ? -1 : 1;
      return (backwards ? -1 : 1) * order(one, other) || ORDERS.name(one, other);
    });
  }

  function sortBy(name) {
    backwards = sort === name && !backwards;
    sort = name;
    for (const one of Object.keys(ORDERS)) {
      if (one !== sort) at(`by-${one}`).removeAttribute("aria-sort");
    }
    const rises = (sort === "name" || sort === "age") !== backwards;
    at(`by-${sort}`).setAttribute("aria-sort", rises ? "ascending" : "descending");
  }

  for (const sorting of document.querySelectorAll("[data-sort]")) {
    sorting.addEventListener("click", () => sortBy(sorting.dataset.sort));
  }
  sortBy("name");
  for (const [name, short] of [["pace", `min/${unit}`], ["distance", unit]]) {
    const sorting = at(`by-${name}`).firstElementChild;
    sorting.textContent = short;
    sorting.setAttribute("aria-label", `${text(name)} (${short})`);
  }
  at("all").addEventListener("click", () => (most += 10 * ROWS));

  return {
    /**
     * @param all has {runner, shape, word} of each
     * @param chosen the runner whom the reader looks at, or null
     * @param followed the ids of those whom the reader follows
     */
    draw(all, { chosen, followed, nowMs }) {
      const entries = all.map(({ runner, shape, word }) => {
        const { speed, metres } = runner.measured();
        const [{ id, name }, t] = [runner, runner.trail.last()?.t];
        return { runner, shape, word, name, speed, metres, t, mine: followed.has(id), chosen: runner === chosen };
      });
      const shown = sorted(entries).slice(0, most).map((entry) => fill(entry, nowMs));
      const ids = new Set(all.map(({ runner }) => runner.id));
      for (const id of [...rows.keys()]) if (!ids.has(id)) rows.delete(id);
      arrange(shown);
      at("table").hidden = all.length === 0;
      at("all").hidden = entries.length <= most;
      tell(at("all"), text("more", { count: entries.length - most }));
    },
  };

  /** Moves only the rows that must move, and keeps the focus where it is. */
  function arrange(shown) {
    const body = at("rows");
    const focused = document.activeElement;
    shown.forEach((row, i) => {
      if (body.children[i] !== row) body.insertBefore(row, body.children[i] ?? null);
    });
    while (body.children.length > shown.length) body.lastChild.remove();
    if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
  }
}
