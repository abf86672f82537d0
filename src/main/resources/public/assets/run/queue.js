// Holds the fixes that the server has not acknowledged yet: in IndexedDB, or in memory where that fails.

const NAME = "trackside";
const STORE = "fix";
export const MOST = 100000;

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completion = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });

async function openDatabase() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(STORE, { keyPath: "ref", autoIncrement: true }).createIndex("id", "id");
  return answer(request);
}

/**
 * @param unkept hears when fixes are in memory only
 * @param dropped hears when the oldest fix goes for a new one
 * @param most how many fixes it holds
 */
export async function openQueue({ unkept, dropped, most = MOST }) {
  const memory = new Map();
  const refs = new Map();
  const counts = new Map();
  const newest = new Map();
  let unstored = 0;
  const database = await openDatabase().catch(() => {
    unkept();
    return null;
  });
  if (database) await look().catch(unkept);

  function index() {
    return database.transaction(STORE).objectStore(STORE).index("id");
  }

  async function look() {
    const known = [];
    for (const id of await ids()) {
      for (const ref of await answer(index().getAllKeys(IDBKeyRange.only(id)))) known.push([ref, id]);
    }
    known.sort(([one], [other]) => one - other).forEach(([ref, id]) => note(ref, id));
  }

  async function ids() {
    const found = [];
    const request = index().openKeyCursor(null, "nextunique");
    for (let cursor = await answer(request); cursor; cursor = await answer(request)) {
      found.push(cursor.key);
      cursor.continue();
    }
    return found;
  }

  function note(ref, id) {
    refs.set(ref, id);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  async function store(fix) {
    const transaction = database.transaction(STORE, "readwrite");
    const stored = completion(transaction);
    const ref = answer(transaction.objectStore(STORE).add(fix));
    await stored;
    return ref;
  }

  /** Keeps a fix and gives it a ref, or returns null if it is the same as the one before. */
  async function add(fix) {
    const before = newest.get(fix.id);
    if (before && before.t === fix.t && before.lat === fix.lat && before.lon === fix.lon) return null;
    newest.set(fix.id, fix);
    if (refs.size >= most) {
      dropped();
      settle([refs.keys().next().value]);
    }
    let kept;
    try {
      kept = { ...fix, ref: await store(fix) };
    } catch {
      unkept();
      kept = { ...fix, ref: `m${++unstored}` };
      memory.set(kept.ref, kept);
    }
    note(kept.ref, kept.id);
    return kept;
  }

  /** Forgets fixes that need not be sent any more. */
  async function settle(settled) {
    const stored = [];
    for (const ref of settled) {
      const id = refs.get(ref);
      if (!refs.delete(ref)) continue;
      counts.set(id, counts.get(id) - 1);
      if (!memory.delete(ref)) stored.push(ref);
    }
    if (stored.length === 0) return;
    try {
      const transaction = database.transaction(STORE, "readwrite");
      for (const ref of stored) transaction.objectStore(STORE).delete(ref);
      await completion(transaction);
    } catch {
      // After a reload the page sends them once more, and the server knows them as duplicates.
    }
  }

  async function stored(id, read) {
    try {
      return database ? await read(index(), IDBKeyRange.only(id)) : [];
    } catch {
      unkept();
      return [];
    }
  }

  const unstoredOf = (id) => [...memory.values()].filter((fix) => fix.id === id);

  return {
    add,
    settle,
    has: (ref) => refs.has(ref),
    count: (id) => counts.get(id) ?? 0,
    /** Whose fixes wait. */
    ids: () => [...counts.keys()].filter((id) => counts.get(id) > 0),

    /** The oldest fixes of a runner, in order. */
    async oldest(id, most) {
      const found = await stored(id, (fixes, only) => answer(fixes.getAll(only, most)));
      return [...found, ...unstoredOf(id)].slice(0, most);
    },

    /** The newest fix of a runner, or undefined. */
    async newest(id) {
      const unstored = unstoredOf(id);
      if (unstored.length > 0) return unstored.at(-1);
      return stored(id, async (fixes, only) => (await answer(fixes.openCursor(only, "prev")))?.value);
    },

    /** Takes the same fix once more: the server may have refused it in the run before. */
    anew: (id) => newest.delete(id),

    async forget(id) {
      newest.delete(id);
      await settle([...refs].filter(([, owner]) => owner === id).map(([ref]) => ref));
    },
  };
}
