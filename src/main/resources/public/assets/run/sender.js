// Sends the fixes of one runner until the server acknowledges each: first the newest, then the backlog.

import { openLine } from "../shared/line.js";
import { webSocket } from "../shared/socket.js";

const WINDOW = 50;
const SPARE = 20;
const PAGE = WINDOW + SPARE + 100;
const A_SECOND = 60;
const AT_ONCE = 30;
const TICK_MS = 250;
const PATIENCE_MS = 10000;
const SILENCE_MS = 20000;

/**
 * @param queue holds the fixes
 * @param tell hears what comes, by line(how), status(message), position(), heard(), settled(), said(words), forbidden()
 *     and erased(); refused(words) answers whether to keep the point
 */
export function openSender({ id, key, queue, tell }) {
  const unanswered = new Map();
  let open = false;
  let pumping = false;
  let greeted = false;
  let published = false;
  let closed = false;
  let ahead = [];
  let tokens = AT_ONCE;
  let filledMs = Date.now();
  let spokenMs = Date.now();

  const line = openLine({
    ways: [webSocket(() => [{ id, key, events: true, echo: false, batch: true, trail: 0 }])],
    hear,
    changed: (how) => {
      open = false;
      published = false;
      ahead = [];
      unanswered.clear();
      tell.line?.(how);
      if (how === "needsKey" || how === "ended") tell.forbidden?.();
    },
  });
  const ticking = setInterval(tick, TICK_MS);

  function hear(message) {
    spokenMs = Date.now();
    switch (message.type) {
      case "welcome":
        greeted = message.state !== "unknown";
        tell.status?.(withoutMe(message));
        if (message.publish) begin();
        else tell.forbidden?.();
        break;
      case "status":
        if (message.id === id) tell.status?.(greeted || !published ? withoutMe(message) : message);
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
    queue.settle([ref]);
    tell.heard?.();
    tell.settled?.();
    pump();
  }

  /** Drops a refused point. One that stays waits as if it had no answer. */
  async function refuse({ ref, message }) {
    if ((await tell.refused?.(message)) || closed) return;
    unanswered.delete(ref);
    await queue.settle([ref]);
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
    if (!open || unanswered.has(fix.ref) || !queue.has(fix.ref)) return;
    published = true;
    unanswered.set(fix.ref, Date.now());
    const held = queue.count(id) - unanswered.size;
    const { id: _, ...position } = fix;
    line.say([held > 0 ? { ...position, queue: held } : position]);
  }

  function mayGoOn() {
    const nowMs = Date.now();
    tokens = Math.min(AT_ONCE, tokens + ((nowMs - filledMs) * A_SECOND) / 1000);
    filledMs = nowMs;
    return open && tokens >= 1 && unanswered.size < WINDOW && queue.count(id) > unanswered.size;
  }

  /** Sends as much of the backlog as it may. */
  async function pump() {
    if (pumping) return;
    pumping = true;
    while (mayGoOn()) {
      if (ahead.length === 0) ahead = (await queue.oldest(id, PAGE)).filter(({ ref }) => !unanswered.has(ref));
      if (ahead.length === 0) break;
      tokens--;
      send(ahead.shift());
    }
    pumping = false;
  }

  function tick() {
    const nowMs = Date.now();
    for (const [ref, sentMs] of unanswered) {
      if (nowMs - sentMs > PATIENCE_MS) {
        unanswered.delete(ref);
        ahead = [];
      }
    }
    if (open && queue.count(id) > 0 && nowMs - spokenMs > SILENCE_MS) {
      spokenMs = nowMs;
      line.renew();
    }
    pump();
  }

  return {
    /** Sends a new fix ahead of the backlog. */
    overtake: (fix) => unanswered.size < WINDOW + SPARE && send(fix),
    close() {
      closed = true;
      open = false;
      tell = {};
      clearInterval(ticking);
      line.close();
    },
  };
}
