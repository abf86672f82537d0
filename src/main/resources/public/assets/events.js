// Server-Sent Events: the second way, for networks that let no WebSocket through. It hears one runner.

/** @param address gives the stream's path and query, asked at each connection */
export const serverEvents = (address) => ({
  name: "events",

  open({ hear, over }) {
    const source = new EventSource(address());

    function end(code) {
      close();
      over(code);
    }

    function close() {
      source.onmessage = source.onerror = null;
      source.close();
    }

    const heard = (event) => hear(JSON.parse(event.data));
    source.onmessage = heard;
    for (const type of ["welcome", "status", "reset", "erased"]) source.addEventListener(type, heard);
    source.addEventListener("goodbye", (event) => end(JSON.parse(event.data).code));
    source.onerror = () => end(0);
    return { say() {}, check() {}, close };
  },
});
