// The last way: asks every 10 s, for networks that cut every lasting connection.

const EVERY_MS = 10000;
const CODES = { 401: 4401, 403: 4403, 404: 4401 };

/** @param ask asks once, and returns what is new as messages */
export const asking = (ask) => ({
  name: "asking",

  open({ hear, over }) {
    let closed = false;
    let next = null;

    async function again() {
      next = null;
      try {
        const messages = await ask();
        if (closed) return;
        messages.forEach(hear);
        next = setTimeout(again, EVERY_MS);
      } catch (failure) {
        if (closed) return;
        close();
        over(CODES[failure.status] ?? 0);
      }
    }

    function close() {
      closed = true;
      clearTimeout(next);
    }

    again();
    return {
      say: () => {},
      check: () => {
        if (next === null) return;
        clearTimeout(next);
        again();
      },
      close,
    };
  },
});
