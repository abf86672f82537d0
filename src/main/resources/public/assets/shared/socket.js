// One WebSocket: the first way to hear what is new.

const PING_MS = 20000;
const AT_ONCE_MS = 4000;

/**
 * @param greeting gives the first messages, asked at each connection
 * @param read makes messages of a binary frame, when the greeting asks for such
 */
export const webSocket = (greeting, read) => ({
  name: "live",

  /**
   * @param hear is told every message of the server, one at a time
   * @param over is told that it has ended, with the closing code or 0
   */
  open({ hear, over }) {
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    let unanswered = 0;
    let asking = null;
    const pinging = setInterval(() => (unanswered > 1 ? end(0) : ping()), PING_MS);

    function ping() {
      if (socket.readyState !== WebSocket.OPEN) return;
      unanswered++;
      socket.send(JSON.stringify({ ping: unanswered }));
    }

    function end(code) {
      close();
      over(code);
    }

    function close() {
      clearInterval(pinging);
      clearTimeout(asking);
      socket.onclose = socket.onmessage = socket.onopen = null;
      socket.close();
    }

    socket.onopen = () => {
      for (const message of greeting()) socket.send(JSON.stringify(message));
    };
    socket.onmessage = (event) => {
      unanswered = 0;
      clearTimeout(asking);
      asking = null;
      const message = typeof event.data === "string" ? JSON.parse(event.data) : read(event.data);
      for (const each of Array.isArray(message) ? message : [message]) hear(each);
    };
    socket.onclose = (event) => end(event.code);
    return {
      say: (messages) => {
        if (socket.readyState !== WebSocket.OPEN) return;
        for (const message of messages) socket.send(JSON.stringify(message));
      },
      /** A phone that slept may hold a connection that is dead. */
      check: () => {
        ping();
        asking ??= setTimeout(() => end(0), AT_ONCE_MS);
      },
      close,
    };
  },
});
