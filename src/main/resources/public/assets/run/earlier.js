// Sends the points that wait from earlier runs, and ends the runs that are to end.

import { isKeyUnknown } from "../shared/api.js";
import { change, whoHas } from "./account.js";
import { endings, forgetKey, keyOf } from "./keep.js";
import { openSender } from "./sender.js";

/**
 * @param queue holds the fixes
 * @param changed hears when fewer of them wait
 * @param lost hears how many are lost because nobody has their key any more
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
      refused: () => isOver(id),
    };
    senders.set(id, openSender({ id, key: keyOf(id), queue, tell }));
  }

  /** A point refused because of its key is lost only once the server says so of the key. */
  async function isOver(id) {
    try {
      return Boolean((await whoHas(keyOf(id))).finished);
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

  const waitingOf = (id) => senders.get(id)?.waiting() ?? queue.count(id);

  /** Forgets the key when nothing is left to send, unless the run may still need it. With the run goes what it does not want. */
  async function settle(id) {
    if (waitingOf(id) > 0 || settling.has(id)) return;
    if (queue.count(id) === 0) close(id);
    settling.add(id);
    try {
      const { finished } = await whoHas(keyOf(id));
      if (!finished && endings().includes(id)) await change({ id, key: keyOf(id) }, { finished: true });
      if (finished || endings().includes(id)) {
        close(id);
        await queue.forget(id);
        forgetKey(id);
      }
    } catch (failure) {
      if (isKeyUnknown(failure)) forgetKey(id);
    }
    settling.delete(id);
  }

  const others = (present) => queue.ids().filter((id) => id !== present && keyOf(id));

  return {
    close,

    /** Sends and ends what is left to do, for every run except the present one. */
    go(present) {
      others(present).forEach(send);
      endings().forEach((id) => id !== present && settle(id));
    },

    /** How many points wait, of every run except the present one. */
    waiting: (present) => others(present).reduce((sum, id) => sum + waitingOf(id), 0),
  };
}
