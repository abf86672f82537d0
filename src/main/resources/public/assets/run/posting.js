// The runner's last way: posts positions, for networks that let no WebSocket through or cut each one.

import { Refused, call, isKeyUnknown, pathOf } from "../shared/api.js";
import { FIRST_WORD_MS } from "../shared/line.js";
import { whoHas } from "./account.js";

const EVERY_MS = 10000;
const PAUSE_MS = 1000;
const PATIENCE_MS = 10000;
const NEEDS_KEY = 4401;

/** The server answers by the same messages as over a WebSocket, but none of them counts this page among those who watch. */
export const posting = ({ id, key }) => ({
  name: "posting",

  open({ hear, over }) {
    const waiting = new Map();
    let closed = false;
    let sending = null;
    let asking = null;
    let greeted = false;

    function close() {
      closed = true;
      clearTimeout(sending);
      clearTimeout(asking);
    }

    function fail(failure) {
      if (closed) return;
      const isKey = isKeyUnknown(failure) || failure.code === "key_wrong";
      if (failure instanceof Refused && !isKey) hear({ type: "error", code: failure.code, message: failure.message });
      close();
      over(isKey ? NEEDS_KEY : 0);
    }

    async function ask() {
      clearTimeout(asking);
      try {
        const me = await whoHas(key, FIRST_WORD_MS);
        if (closed) return;
        hear({ ...me, type: greeted ? "status" : "welcome", publish: true, apart: true });
        greeted = true;
        asking = setTimeout(ask, EVERY_MS);
      } catch (failure) {
        fail(failure);
      }
    }

    async function send() {
      const sent = [...waiting.values()];
      waiting.clear();
      try {
        if (sent.length > 0) settle(sent, await call("POST", `${pathOf(id)}/positions`, { key, body: sent, patienceMs: PATIENCE_MS }));
        if (closed) return;
        sending = waiting.size > 0 ? setTimeout(send, PAUSE_MS) : null;
      } catch (failure) {
        fail(failure);
      }
    }

    /** Each position has a verdict, as each has an ack over a WebSocket. */
    function settle(sent, { refused }) {
      if (closed) return;
      const whys = new Map(refused.map(({ index, message }) => [index, message]));
      sent.forEach(({ ref }, i) => {
        if (whys.has(i)) hear({ type: "ack", ref, verdict: "refused", message: whys.get(i) });
        else hear({ type: "ack", ref, verdict: "accepted" });
      });
    }

    ask();
    return {
      say: (positions) => {
        for (const position of positions) waiting.set(position.ref, position);
        sending ??= setTimeout(send);
      },
      check: ask,
      close,
    };
  },
});
