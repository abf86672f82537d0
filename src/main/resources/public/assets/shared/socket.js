// The first way to the server: a WebSocket.

const PING_MS = 20000;
const AT_ONCE_MS = 4000;

/**
 * @param greeting gives the first messages, asked for each connection
 * @param read makes messages from a binary frame, if the greeting asks for such frames
 */
export const webSocket = (greeting, read) => ({
  name: "live",

  /**
   * @param hear hears each message of the server
   * @param over hears the closing code when the socket has ended, or 0
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
      /** Pings, because a connection may have died while the phone slept. */
      check: () => {
        ping();
        asking ??= setTimeout(() => end(0), AT_ONCE_MS);
      },
      close,
    };
  },
});
