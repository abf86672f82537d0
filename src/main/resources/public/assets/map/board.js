// Everybody whom a page follows, over one line to the server.

import { call, pathOf, pathOfRace } from "../shared/api.js";
import { openLine } from "../shared/line.js";
import { webSocket } from "../shared/socket.js";
import { asking } from "./asking.js";
import { positionsIn } from "./compact.js";
import { serverEvents } from "./events.js";
import { Runner } from "./runner.js";

const MOST = 2000;
const MOST_LISTED = 180; // of the 200 that the server lets a connection follow
const LOADED = 20;
const AGAIN_MS = 10000;
const IDS_A_MESSAGE = 25;
const PAGE = 10000;
const OPTIONS = { batch: true, events: true };
const OF_MANY = { codec: "compact", events: true }; // for one runner it would save only 0.15 kB a second

/** The race whose runners a feed is about, or null. */
export const raceOf = (feed) => (feed.endsWith("/*") ? feed.slice(0, -2) : null);

const isRefusal = ({ status }) => status === 401 || status === 403;

/**
 * @param feed whom the page shows: a runner, "race/*" for everybody in a race, or "" for whoever is live
 * @param key opens the feed, or ""
 * @param changed hears of each change, with the runner if it concerns one
 * @param erased hears the id of a runner who is gone
 */
export function openBoard({ feed, key, changed, erased }) {
  const runners = new Map();
  const race = raceOf(feed);
  const single = feed !== "" && race === null;
  const busy = new Set();
  const refused = new Set();
  let line = null;
  let how = "connecting";

  const isMain = (id) => single && id === feed;
  const connected = () => ["live", "events", "asking"].includes(how);
  const own = () => [...runners.values()].filter((runner) => runner.own);
  const extra = () => own().filter(({ id }) => !isMain(id) && !(feed === "" && runners.get(id).listed));

  function meet(id, options) {
    const runner = new Runner(id, options);
    runners.set(id, runner);
    return runner;
  }

  function follow(runner) {
    return {
      follow: [runner.id],
      ...(runner.key && { keys: { [runner.id]: runner.key } }),
      ...(runner.trail.whole ? { after: { [runner.id]: runner.trail.resumeAfter() } } : { trail: 1 }),
    };
  }

  const afterWhatIsThere = ({ trail }) => trail.whole && { after: trail.resumeAfter() };

  function greeting() {
    const more = extra().map(follow);
    const withKey = key && { key };
    if (single) {
      return [{ id: feed, ...OPTIONS, ...withKey, ...afterWhatIsThere(runners.get(feed)) }, ...more];
    }
    if (race) return [{ follow: [feed], ...OF_MANY, trail: 1, ...withKey }, ...more];
    // The server cannot refuse this first message: a link that has ended must not end this page.
    return [{ follow: [], ping: 0, ...OF_MANY }, ...together([...runners.values()].filter(({ listed }) => listed)), ...more];
  }

  /** Messages that follow public runners, many in each. */
  function together(listed) {
    const messages = [];
    for (let i = 0; i < listed.length; i += IDS_A_MESSAGE) {
      const some = listed.slice(i, i + IDS_A_MESSAGE);
      const after = some.filter(({ trail }) => trail.whole).map(({ id, trail }) => [id, trail.resumeAfter()]);
      messages.push({ follow: some.map(({ id }) => id), trail: 1, after: Object.fromEntries(after) });
    }
    return messages;
  }

  function hear(message) {
    const runner = runners.get(message.id) ?? (message.type === "position" && race && runners.size < MOST ? meet(message.id) : undefined);
    switch (message.type) {
      case "position":
      case "welcome":
      case "status":
        runner?.hear(message);
        break;
      case "reset":
        runner?.takeBack();
        break;
      case "erased":
        if (runner) lose(runner);
        break;
      case "error":
        console.warn(message.code, message.message);
        break;
    }
    if (runner?.own) complete(runner);
    changed(runner);
  }

  function lose(runner) {
    if (isMain(runner.id)) runner.erase();
    else runners.delete(runner.id);
    erased(runner.id);
  }

  /** Loads what a trail lacks: the whole of it, or the stretches that the server left out. */
  async function complete(runner) {
    const { trail } = runner;
    if (busy.has(runner.id) || runner.erased || (trail.whole && trail.holes.length === 0)) return;
    busy.add(runner.id);
    const { version } = trail;
    try {
      while (!runner.erased && (!trail.whole || trail.holes.length > 0)) await (trail.whole ? mend(runner, trail.holes[0]) : load(runner));
      busy.delete(runner.id);
    } catch (failure) {
      if (failure.status === 404) {
        busy.delete(runner.id);
        if (trail.version !== version) complete(runner); // the first position has come meanwhile
      } else if (isRefusal(failure) && !isMain(runner.id)) refused.add(runner.id); // asking again and again would look like guessing keys
      else setTimeout(() => completeAgain(runner), AGAIN_MS);
    }
    changed(runner);
  }

  /** Loads a trail, unless the server takes it back meanwhile. */
  async function load(runner) {
    const { trail, id, key } = runner;
    const before = trail.cleared;
    const answer = await call("GET", `${pathOf(id)}/trail`, { key });
    if (trail.cleared === before) runner.load(answer);
  }

  function completeAgain(runner) {
    busy.delete(runner.id);
    if (connected() && runners.get(runner.id) === runner) complete(runner);
  }

  async function mend({ id, key, trail }, hole) {
    const before = trail.cleared;
    const positions = await newer(id, key, hole.since).catch((failure) => {
      if (failure.status === 410) trail.clear(); // the old trail is erased, so the page loads it again
      throw failure;
    });
    if (trail.cleared !== before) return;
    trail.mend(positions);
    const last = positions.at(-1)?.seq ?? hole.until;
    if (positions.length === PAGE && last < hole.until) hole.since = last;
    else trail.holes = trail.holes.filter((one) => one !== hole);
  }

  const newer = async (id, key, after) => (await call("GET", `${pathOf(id)}/track?after=${after}&limit=${PAGE}`, { key })).positions;

  /** Asks for what the line would have brought. */
  async function ask() {
    const messages = [{ type: "pong" }];
    if (race) messages.push(...(await askAll(pathOfRace(race))));
    if (feed === "") messages.push(...(await askAll("/api/runners")));
    for (const runner of own()) messages.push(...(await askOne(runner)));
    return messages;
  }

  async function askAll(path) {
    const { runners: all } = await call("GET", path, { key });
    return all.flatMap((one) => [{ ...one, type: "status" }, ...(one.position ? [{ ...one.position, type: "position" }] : [])]);
  }

  async function askOne({ id, key, trail }) {
    if (refused.has(id)) return [];
    try {
      const status = await call("GET", pathOf(id), { key });
      const positions = trail.whole ? await newer(id, key, trail.newestSeq) : status.position ? [status.position] : [];
      return [...positions.map((position) => ({ ...position, type: "position" })), { ...status, type: "status" }];
    } catch (failure) {
      if (failure.status === 410) return [{ type: "reset", id }];
      if (failure.status === 404) return [];
      if (isRefusal(failure) && !isMain(id)) {
        refused.add(id);
        return [];
      }
      throw failure;
    }
  }

  function eventsOf(id) {
    const query = new URLSearchParams({ events: true, ...afterWhatIsThere(runners.get(id)), ...(key && { key }) });
    return `${pathOf(id)}/events?${query}`;
  }

  function open() {
    const ways = [webSocket(greeting, positionsIn), asking(ask)];
    if (single) ways.splice(1, 0, serverEvents(() => eventsOf(feed)));
    line = openLine({
      ways,
      hear,
      changed: (now) => {
        how = now;
        if (connected()) own().forEach(complete);
        changed();
      },
    });
  }

  if (single) meet(feed, { key, own: true });
  return {
    runners,
    connected,
    line: () => how,
    open,

    /** Follows somebody on their own from now on, with the whole trail. */
    follow(id, otherKey = "") {
      const runner = runners.get(id) ?? meet(id, { key: otherKey, own: true });
      const known = runner.own && runner.trail.points.length > 0;
      runner.becomeOwn(otherKey || (race ? key : ""));
      if (!known) line?.say([follow(runner)]);
      complete(runner);
      return runner;
    },

    /** Takes in the runners who are live, and drops the others, except those who stay. */
    list(listed, stays) {
      const ids = new Set(listed.map(({ id }) => id));
      const gone = [...runners.values()].filter(({ id }) => !ids.has(id) && !stays(id));
      gone.forEach(lose);
      if (feed === "") line?.say(gone.map(({ id }) => ({ unfollow: [id] })));
      const fresh = listed.slice(0, race ? MOST : MOST_LISTED).filter(({ id }) => !runners.has(id));
      for (const one of fresh) {
        const runner = meet(one.id, { name: one.name, key: race ? key : "", own: runners.size < LOADED });
        runner.listed = feed === "";
        runner.unseen = !one.position;
        if (one.position) runner.hear({ ...one.position, type: "position" });
        runner.hear({ ...one, type: "status" });
      }
      if (feed === "") line?.say(together(fresh.map(({ id }) => runners.get(id))));
      fresh.map(({ id }) => runners.get(id)).filter(({ own }) => own).forEach(complete);
      changed();
    },
  };
}
