// Sends the fixes of one runner until the server acknowledges each: first the newest, then the backlog.

import { openLine } from "../shared/line.js";
import { webSocket } from "../shared/socket.js";
import { posting } from "./posting.js";

const WINDOW = 50;
const SPARE = 20;
const PAGE = WINDOW + SPARE + 100;
const A_SECOND = 60;
const AT_ONCE = 30;
const TICK_MS = 250;
const PATIENCE_MS = 10000;
const SILENCE_MS = 20000;
const STRIKES = 2;
const UPGRADE_REQUIRED = 426;

/**
 * @param queue holds the fixes
 * @param tell hears what comes, by line(how, why), status(message), position(), heard(), settled(), said(words),
 *     forbidden() and erased(); refused(words) answers whether the run is over, so that nothing more of it is wanted
 */
export function openSender({ id, key, queue, tell }) {
  const unanswered = new Map();
  /** Refused once, and sent again with nothing but the place and its moment. */
  const bare = new Set();
  /** Refused again: they wait for another connection. */
  const aside = new Set();
  let open = false;
  let way = "";
  let pumping = false;
  let greeted = false;
  let published = false;
  let closed = false;
  let ahead = [];
  let tokens = AT_ONCE;
  let filledMs = Date.now();
  let spokenMs = Date.now();

  const line = openLine({
    ways: [webSocket(() => [{ id, key, events: true, echo: false, batch: true, trail: 0 }]), posting({ id, key })],
    strikes: STRIKES,
    hear,
    changed: (how, why) => {
      open = false;
      published = false;
      ahead = [];
      unanswered.clear();
      anew();
      way = how;
      tell.line?.(how, why);
      if (how === "posting" && why.name === "blocked") explain();
      if (how === "needsKey" || how === "ended") tell.forbidden?.();
    },
  });
  const ticking = setInterval(tick, TICK_MS);

  /** A browser does not say what a WebSocket was answered, but a plain request may find out. */
  async function explain() {
    const { status } = await fetch("/ws", { cache: "no-store" }).catch(() => ({}));
    if (way === "posting" && status && status !== UPGRADE_REQUIRED) tell.line?.("posting", { name: "answers", status });
  }

  function anew() {
    bare.clear();
    aside.clear();
  }

  function hear(message) {
    spokenMs = Date.now();
    switch (message.type) {
      case "welcome":
        greeted = message.state !== "unknown";
        tell.status?.(message.apart ? message : withoutMe(message));
        if (message.publish) begin();
        else tell.forbidden?.();
        break;
      case "status":
        if (message.id === id) tell.status?.(!message.apart && (greeted || !published) ? withoutMe(message) : message);
        greeted = false;
        break;
      case "ack":
        if (message.verdict === "refused") refuse(message);
        else settle(message.ref);
        break;
      case "position":
        if (message.id === id) tell.position?.();
        break;
      case "error":
        if (message.code === "too_fast") tokens = -A_SECOND;
        else tell.said?.(message.message);
        unanswered.delete(message.ref);
        ahead = [];
        break;
      case "erased":
        if (message.id === id) tell.erased?.();
        break;
    }
  }

  function settle(ref) {
    unanswered.delete(ref);
    bare.delete(ref);
    queue.settle([ref]);
    tell.heard?.();
    tell.settled?.();
    pump();
  }

  /** A refusal takes no point from the queue: a measurement may be at fault, or the server wants it later. */
  async function refuse({ ref, message }) {
    const isOver = await tell.refused?.(message);
    if (closed || !unanswered.delete(ref)) return;
    if (isOver || bare.has(ref)) aside.add(ref);
    else bare.add(ref);
    ahead = [];
    tell.settled?.();
    pump();
  }

  /** The welcome and the status after it count this connection among those who watch, since it has sent no position yet. */
  function withoutMe(message) {
    return { ...message, watching: Math.max(0, message.watching - 1) };
  }

  async function begin() {
    open = true;
    const newest = await queue.newest(id);
    if (newest) send(newest);
    pump();
  }

  function send(fix) {
    if (!open || unanswered.has(fix.ref) || aside.has(fix.ref) || !queue.has(fix.ref)) return;
    published = true;
    unanswered.set(fix.ref, Date.now());
    const held = waiting() - unanswered.size;
    const { id: _, ...whole } = fix;
    const position = bare.has(fix.ref) ? { t: fix.t, lat: fix.lat, lon: fix.lon, ref: fix.ref } : whole;
    line.say([held > 0 ? { ...position, queue: held } : position]);
  }

  function mayGoOn() {
    const nowMs = Date.now();
    tokens = Math.min(AT_ONCE, tokens + ((nowMs - filledMs) * A_SECOND) / 1000);
    filledMs = nowMs;
    return open && tokens >= 1 && unanswered.size < WINDOW && waiting() > unanswered.size;
  }

  /** How many points are still to be sent over this connection. */
  const waiting = () => queue.count(id) - aside.size;

  /** Sends as much of the backlog as it may. */
  async function pump() {
    if (pumping) return;
    pumping = true;
    while (mayGoOn()) {
      if (ahead.length === 0) ahead = (await queue.oldest(id, PAGE + aside.size)).filter(({ ref }) => !unanswered.has(ref) && !aside.has(ref));
      if (ahead.length === 0) break;
      tokens--;
      send(ahead.shift());
    }
    pumping = false;
  }

  function tick() {
    const nowMs = Date.now();
    for (const ref of aside) if (!queue.has(ref)) aside.delete(ref);
    for (const [ref, sentMs] of unanswered) {
      if (nowMs - sentMs > PATIENCE_MS) {
        unanswered.delete(ref);
        ahead = [];
      }
    }
    if (open && waiting() > 0 && nowMs - spokenMs > SILENCE_MS) {
      spokenMs = nowMs;
      line.renew();
    }
    pump();
  }

  return {
    waiting,
    /** Sends once more what was refused. */
    again() {
      anew();
      pump();
    },
    /** Sends a new fix ahead of the backlog. */
    overtake: (fix) => unanswered.size < WINDOW + SPARE && send(fix),
    close() {
      closed = true;
      open = false;
      way = "";
      tell = {};
      clearInterval(ticking);
      line.close();
    },
  };
}
