// The second way: Server-Sent Events, for networks that block WebSockets. It hears one runner.

import { FIRST_WORD_MS } from "../shared/line.js";

const SILENCE_MS = 60000;

/** @param address gives the path and query of the stream, asked for each connection */
export const serverEvents = (address) => ({
  name: "events",

  open({ hear, over }) {
    let source = null;
    let waiting = null;

    /** Nothing tells a page that a stream is dead, so it opens another after a silence. That one begins with a welcome. */
    function listen() {
      source?.close();
      source = new EventSource(address());
      source.onmessage = heard;
      for (const type of ["welcome", "status", "reset", "erased"]) source.addEventListener(type, heard);
      source.addEventListener("goodbye", (event) => end(JSON.parse(event.data).code));
      source.onerror = () => end(0);
      expect(FIRST_WORD_MS, () => end(0));
    }

    function expect(ms, otherwise) {
      clearTimeout(waiting);
      waiting = setTimeout(otherwise, ms);
    }

    function heard(event) {
      expect(SILENCE_MS, listen);
      hear(JSON.parse(event.data));
    }

    function end(code) {
      close();
      over(code);
    }

    function close() {
      clearTimeout(waiting);
      source.onmessage = source.onerror = null;
      source.close();
    }

    listen();
    return { say() {}, check: listen, close };
  },
});
