// A line to the server that comes back after each cut, by whichever way the network leaves open.

/** How long a way may take to bring its first message. */
export const FIRST_WORD_MS = 8000;

const SHORTEST_MS = 1000;
const LONGEST_MS = 30000;
const HELD_MS = 10000;
const LASTING_MS = 60000;
const UPWARDS_MS = 120000;
const LONGEST_UPWARDS_MS = 1800000;
const PROVEN_TRIES = 3;
const NEEDS_KEY = 4401;
const ENDED = 4403;

/**
 * @param ways to the server, the best first; each stays open until it says that it is over
 * @param hear hears each message of the server
 * @param changed hears how the line is: connecting, reconnecting, offline, needsKey, ended, or the name of the way. With
 *     the name of a lesser way it hears why the best one failed last: {name: blocked, silent, or breaks, ms}
 * @param strikes how often in a row the best way may break soon before the next one takes its place
 */
export function openLine({ ways, hear, changed, strikes: most = 3 }) {
  let failures = 0;
  let strikes = 0;
  let why = { name: "blocked", ms: 0 };
  let proven = false;
  let retry = null;
  let upwards = null;
  let current = null;
  let trial = null;
  let over = false;

  /** Opens a way. It counts from its first message on. */
  function open(way, { began, failed }) {
    let heardMs = 0;
    let live = null;
    const silence = setTimeout(() => finish(0, "silent"), FIRST_WORD_MS);

    function finish(code, cause = "blocked") {
      clearTimeout(silence);
      const ms = Date.now() - heardMs;
      if (way === ways[0]) why = heardMs > 0 ? { name: "breaks", ms } : { name: cause, ms: 0 };
      failed(code, heardMs);
    }

    live = way.open({
      hear: (message) => {
        if (heardMs === 0) {
          clearTimeout(silence);
          heardMs = Date.now();
          began();
        }
        hear(message);
      },
      over: (code) => finish(code),
    });
    const close = () => {
      clearTimeout(silence);
      live.close();
    };
    return {
      ...live,
      close,
      /** Ends it as if it had broken. */
      give: () => {
        close();
        finish(0);
      },
    };
  }

  const others = () => ways.length > 1 && navigator.onLine;
  const isTired = () => strikes >= most && others();

  /** A lesser way that does no better gives the best one another chance. */
  function doubtLesser() {
    strikes = Math.min(strikes, most - 1);
  }

  function connect(number = isTired() ? 1 : 0) {
    retry = null;
    const way = ways[number];
    current = open(way, {
      began: () => {
        if (number === 0) proven = true;
        else climbLater();
        changed(way.name, why);
      },
      failed: (code, heardMs) => {
        rest();
        if (ends(code, heardMs)) return;
        if (heardMs === 0 && number > 0) doubtLesser();
        if (heardMs > 0) cut(number, heardMs, code);
        else if (number + 1 < ways.length && navigator.onLine && (!proven || failures + 1 >= PROVEN_TRIES)) connect(number + 1);
        else later();
      },
    });
  }

  /** A refusal concerns the page itself only if it comes first. A later one may concern one more runner. */
  function ends(code, heardMs) {
    if ((code !== NEEDS_KEY && code !== ENDED) || heardMs > 0) return false;
    over = true;
    changed(code === ENDED ? "ended" : "needsKey");
    return true;
  }

  function cut(number, heardMs, code) {
    const heldMs = Date.now() - heardMs;
    if (heldMs > HELD_MS) failures = 0;
    if (number === 0) strikes = heldMs < LASTING_MS ? strikes + 1 : 0;
    else if (heldMs < HELD_MS) doubtLesser();
    if (number === 0 && isTired()) {
      connect(1);
    } else if ((code === NEEDS_KEY || code === ENDED) && failures === 0) {
      failures = 1;
      connect();
    } else {
      later();
    }
  }

  function later() {
    failures++;
    const longestMs = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** failures);
    retry = setTimeout(() => connect(), longestMs / 2 + (Math.random() * longestMs) / 2);
    changed(navigator.onLine ? "reconnecting" : "offline");
  }

  /** Tries the best way beside a lesser one, and changes over at its first message: ever more seldom while it breaks soon. */
  function climbLater() {
    const waitMs = Math.min(LONGEST_UPWARDS_MS, UPWARDS_MS * 2 ** Math.max(0, strikes - most));
    clearTimeout(upwards);
    upwards = setTimeout(() => {
      trial = open(ways[0], {
        began: () => {
          current?.close();
          current = trial;
          trial = null;
          proven = true;
          changed(ways[0].name);
        },
        failed: (code, heardMs) => {
          if (heardMs > 0) {
            rest();
            cut(0, heardMs, code);
          } else {
            trial?.close();
            trial = null;
            climbLater();
          }
        },
      });
    }, waitMs);
  }

  function connectNow() {
    if (over || !navigator.onLine) return;
    if (retry !== null) {
      clearTimeout(retry);
      connect();
    } else {
      current?.check();
    }
  }

  /** Closes what is open while the browser keeps the page out of sight. The same page may come back. */
  function rest() {
    clearTimeout(retry);
    clearTimeout(upwards);
    current?.close();
    trial?.close();
    current = trial = retry = null;
  }

  function wake(event) {
    if (!event.persisted || over) return;
    changed("connecting");
    connect();
  }

  const doubt = () => current?.check();
  const connectWhenSeen = () => document.hidden || connectNow();
  addEventListener("online", connectNow);
  addEventListener("offline", doubt);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", connectWhenSeen);
  changed("connecting");
  connect();
  return {
    /** Says something now. While the line is cut, it is left to the next greeting. */
    say: (messages) => current?.say(messages),
    /** Replaces a connection that may be dead. */
    renew: () => current?.give(),
    /** Closes the line for good. */
    close: () => {
      over = true;
      removeEventListener("online", connectNow);
      removeEventListener("offline", doubt);
      removeEventListener("pagehide", rest);
      removeEventListener("pageshow", wake);
      document.removeEventListener("visibilitychange", connectWhenSeen);
      rest();
    },
  };
}
