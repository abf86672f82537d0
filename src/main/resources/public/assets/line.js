// A line to the server that comes back when it is cut.

const SHORTEST_MS = 1000;
const LONGEST_MS = 30000;
const HELD_MS = 10000;
const PING_MS = 20000;
const NEEDS_KEY = 4401;
const ENDED = 4403;

/**
 * @param greeting gives the first messages, asked at each connection
 * @param hear is told every message of the server, one at a time
 * @param changed is told how the line is: live, connecting, reconnecting, offline, needsKey, ended
 */
export function openLine({ greeting, hear, changed }) {
  let failures = 0;
  let retry = null;
  let current = null;
  let breakOff = null;

  function connect() {
    retry = null;
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    let openedMs = 0;
    let unanswered = 0;
    breakOff = () => over(0);
    const pinging = setInterval(() => {
      if (openedMs === 0 || unanswered > 1) {
        over(0);
      } else {
        unanswered++;
        socket.send(JSON.stringify({ ping: unanswered }));
      }
    }, PING_MS);

    socket.onopen = () => {
      openedMs = Date.now();
      current = socket;
      for (const message of greeting()) socket.send(JSON.stringify(message));
      changed("live");
    };
    socket.onmessage = (event) => {
      unanswered = 0;
      const message = JSON.parse(event.data);
      for (const each of Array.isArray(message) ? message : [message]) hear(each);
    };
    socket.onclose = (event) => over(event.code);

    function over(code) {
      clearInterval(pinging);
      current = null;
      breakOff = null;
      socket.onclose = socket.onmessage = socket.onopen = null;
      socket.close();
      if (code === NEEDS_KEY || code === ENDED) {
        changed(code === ENDED ? "ended" : "needsKey");
        return;
      }
      failures = openedMs > 0 && Date.now() - openedMs > HELD_MS ? 0 : failures + 1;
      const longestMs = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** failures);
      retry = setTimeout(connect, longestMs / 2 + (Math.random() * longestMs) / 2);
      changed(navigator.onLine ? "reconnecting" : "offline");
    }
  }

  function connectNow() {
    if (retry !== null && navigator.onLine) {
      clearTimeout(retry);
      connect();
    }
  }

  const connectWhenSeen = () => document.hidden || connectNow();
  addEventListener("online", connectNow);
  document.addEventListener("visibilitychange", connectWhenSeen);
  changed("connecting");
  connect();
  return {
    /** Says something now; while the line is cut, the next greeting says it. */
    say: (messages) => messages.forEach((message) => current?.send(JSON.stringify(message))),
    /** Gives a connection up that may be dead, for another. */
    renew: () => breakOff?.(),
    /** Ends it for good. */
    close: () => {
      removeEventListener("online", connectNow);
      document.removeEventListener("visibilitychange", connectWhenSeen);
      breakOff?.();
      clearTimeout(retry);
      retry = null;
    },
  };
}
