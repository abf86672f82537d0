// Sends what waits of runs that were here before the present one, and ends those that are to end.

import { isKeyUnknown } from "../shared/api.js";
import { change, whoHas } from "./account.js";
import { endings, forgetKey, keyOf } from "./keep.js";
import { openSender } from "./sender.js";

/**
 * @param queue holds the fixes
 * @param changed is told when fewer are waiting
 * @param lost is told how many could not be sent because their key is no longer valid
 */
export function openEarlier({ queue, changed, lost }) {
  const senders = new Map();
  const settling = new Set();

  function send(id) {
    if (senders.has(id)) return;
    const tell = {
      settled: () => {
        changed();
        settle(id);
      },
      forbidden: () => giveUp(id),
      erased: () => giveUp(id),
      refused: async () => !(await isValid(id)),
    };
    senders.set(id, openSender({ id, key: keyOf(id), queue, tell }));
  }

  /** What the server refuses because of the key is not lost before that is said. */
  async function isValid(id) {
    try {
      await whoHas(keyOf(id));
      return true;
    } catch (failure) {
      if (isKeyUnknown(failure)) giveUp(id);
      return false;
    }
  }

  function close(id) {
    senders.get(id)?.close();
    senders.delete(id);
  }

  async function giveUp(id) {
    close(id);
    const count = queue.count(id);
    await queue.forget(id);
    forgetKey(id);
    if (count > 0) lost(count);
    changed();
  }

  /** Nothing waits: the key goes, unless the run may still need it. */
  async function settle(id) {
    if (queue.count(id) > 0 || settling.has(id)) return;
    close(id);
    settling.add(id);
    try {
      const { finished } = await whoHas(keyOf(id));
      if (!finished && endings().includes(id)) await change({ id, key: keyOf(id) }, { finished: true });
      if (finished || endings().includes(id)) forgetKey(id);
    } catch (failure) {
      if (isKeyUnknown(failure)) forgetKey(id);
    }
    settling.delete(id);
  }

  const others = (present) => queue.ids().filter((id) => id !== present && keyOf(id));

  return {
    close,

    /** Does what is still to be done for all runs but the present one. */
    go(present) {
      others(present).forEach(send);
      endings().forEach((id) => id !== present && settle(id));
    },

    /** How many points are still to be sent. */
    waiting: (present) => others(present).reduce((sum, id) => sum + queue.count(id), 0),
  };
}
