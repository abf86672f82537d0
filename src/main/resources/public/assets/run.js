// The runner's page: starts a run, sends it, and says what became of it.

import { Refused, change, claim, erase, whoHas } from "./account.js";
import { forgetApps, showApps, showUnread } from "./apps.js";
import { forgetKey, keepRun, keepShownKey, keptRun, keyOf, shownKey } from "./keep.js";
import { MOST, openQueue } from "./queue.js";
import { openSender } from "./sender.js";
import { needLink, showLink } from "./share.js";
import { fillIn } from "./texts.js";
import { View, at } from "./view.js";
import { openWatch } from "./watch.js";

const AGAIN_MS = 5000;
const SETTLED_MS = 3000;
const SAID_AFTER_MS = 300;
const ASK_MS = 30000;
const END_MS = 5000;
const KEY = /^[A-Za-z0-9]{1,128}$/;
const view = new View();
fillIn();
await toBeAlone();

let run = keptRun();
let sender = null;
let watch = null;
let busy = false;
let storing = Promise.resolve();
let ending = false;
let endMs = 0;
let askedMs = 0;
const earlier = new Map();
const queue = await openQueue({
  unkept: () => view.trouble("memoryOnly"),
  dropped: () => view.trouble("full", { count: MOST }),
});

window.trackside = { run: () => run, waiting: () => (run ? queue.count(run.id) : 0) };

/** One page at a time watches and sends: another one waits until that is closed. */
async function toBeAlone() {
  if (!navigator.locks) return;
  const saying = setTimeout(() => view.elsewhere(), SAID_AFTER_MS);
  await new Promise((alone) => {
    navigator.locks.request("trackside.run", () => {
      alone();
      return new Promise(() => {});
    });
  });
  clearTimeout(saying);
}

/** Takes the key of the address over, and goes on with the run that is kept. */
async function arrive(key) {
  if (key) {
    history.replaceState(null, "", location.pathname);
    if (key !== run?.key) keepShownKey(key);
  }
  if (shownKey()) await takeOver(shownKey());
  go();
}

async function takeOver(key) {
  try {
    if (!KEY.test(key)) throw new Refused(401, "no key looks like this");
    const { id, name, visibility, finished } = await whoHas(key);
    const before = id === run?.id ? run : { state: "ready" };
    leave();
    run = { ...before, id, key, name, visibility };
    if (finished) run.state = "finished";
    keepRun(run);
    keepShownKey(null);
    view.start();
    view.calm();
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) {
      keepShownKey(null);
      if (run) view.trouble("wrongLink");
      else view.wrongKey = true;
    } else if (failure instanceof Refused) {
      view.trouble("said", { why: failure.message });
    } else {
      view.trouble("unknownKey");
    }
  }
}

/** Does what a run needs that is kept: after a reload, too. */
function go() {
  for (const id of queue.ids()) if (id !== run?.id && keyOf(id)) drain(id);
  if (run) {
    earlier.get(run.id)?.close();
    earlier.delete(run.id);
    sender ??= openSender({ ...run, queue, tell });
    if (run.state === "running") watch ??= openWatch({ took, failed });
    ask();
    showLink(run);
  }
  draw();
}

/** Sends what waits of a runner who was here before. */
function drain(id) {
  if (earlier.has(id)) return;
  const old = openSender({
    id,
    key: keyOf(id),
    queue,
    tell: {
      heard: () => {
        draw();
        if (queue.count(id) > 0) return;
        old.close();
        earlier.delete(id);
        forgetKey(id);
      },
      forbidden: () => old.close(),
    },
  });
  earlier.set(id, old);
}

/** Asks how the run is, and for what belongs to it. */
async function ask() {
  const [asked, before] = [run, run.state];
  askedMs = Date.now();
  try {
    const { name, visibility, finished, sos } = await whoHas(asked.key);
    if (asked !== run) return;
    Object.assign(run, { name, visibility });
    view.sosMs = sos;
    if (finished) ended();
    else if (before === "finished" && run.state === before && !busy) become("ready");
    keepRun(run);
    await needLink(run);
    showLink(run);
    await showUnread(run);
  } catch (failure) {
    if (asked === run && failure instanceof Refused && failure.status === 401) forbid();
  }
  draw();
}

function again() {
  if (shownKey()) arrive("");
  else if (run && !run.share && Date.now() - askedMs > ASK_MS) ask();
}

const tell = {
  line: (how) => {
    view.line = how;
    draw();
  },
  status: (status) => {
    view.watching = status.watching;
    if (status.type === "status") view.sosMs = status.sos;
    if (status.state === "finished") ended();
    draw();
  },
  heard: () => {
    view.heardMs = Date.now();
    if (run?.state === "finishing") end();
    draw();
  },
  refused: (why) => view.trouble("refused", { why }),
  said: (why) => view.trouble("said", { why }),
  forbidden: forbid,
  erased: () => busy || forbid(),
};

function forbid() {
  view.wrongKey = true;
  draw();
}

/** The run is over, says the server; perhaps it said so before it knew that another has begun. */
function ended() {
  if (run.state !== "finishing" && (run.state !== "running" || Date.now() - run.startedMs < SETTLED_MS)) return;
  if (run.state === "running") view.trouble("endedElsewhere");
  stopWatching();
  become("finished");
}

function become(state) {
  run.state = state;
  keepRun(run);
  draw();
}

function took(fix) {
  if (run?.state !== "running") return;
  const { id } = run;
  view.took(fix);
  storing = storing.then(async () => {
    const kept = await queue.add({ id, ...fix });
    if (kept && id === run?.id) sender?.overtake(kept);
    draw();
  });
}

function failed(why) {
  view.trouble(why);
  if (why === "denied" || why === "insecure") {
    stopWatching();
    become("ready");
  }
}

function stopWatching() {
  watch?.close();
  watch = null;
}

/** Leaves a run; what waits of it is still sent. */
function leave() {
  stopWatching();
  sender?.close();
  sender = null;
  if (run && queue.count(run.id) === 0) forgetKey(run.id);
}

/** One thing at a time; what went wrong is said. */
async function alone(action) {
  if (busy) return;
  busy = true;
  draw();
  try {
    await action();
  } catch (failure) {
    if (failure instanceof Refused) view.trouble("said", { why: failure.message });
    else view.trouble("noSignal");
  }
  busy = false;
  draw();
}

async function own() {
  const { id, key, links } = await claim(at("called").value.trim());
  run = { id, key, name: at("called").value.trim() || id, state: "ready", follow: links.follow };
  keepRun(run);
  navigator.storage?.persist?.();
}

async function begin() {
  view.calm();
  if (!run) await own();
  else if (run.state === "finished") await change(run, { finished: false });
  run.startedMs = Date.now();
  view.start();
  become("running");
  go();
}

function finish() {
  view.calm();
  stopWatching();
  become("finishing");
  end();
}

/** Ends the run as soon as nothing of it waits any more. */
async function end() {
  if (ending || run?.state !== "finishing" || Date.now() < endMs) return;
  ending = true;
  try {
    await storing;
    if (queue.count(run.id) === 0) {
      await change(run, { finished: true });
      become("finished");
    }
  } catch (failure) {
    endMs = Date.now() + END_MS;
    if (failure instanceof Refused) view.trouble("said", { why: failure.message });
  }
  ending = false;
}

function startAnew() {
  leave();
  run = null;
  keepRun(null);
  view.forget();
  forgetApps();
}

async function eraseAll() {
  await erase(run).catch((failure) => {
    if (!(failure instanceof Refused) || (failure.status !== 401 && failure.status !== 404)) throw failure;
  });
  const { id } = run;
  startAnew();
  await storing;
  await queue.forget(id);
  forgetKey(id);
  view.trouble("erased");
}

function sure(asked) {
  at("sure").hidden = !asked;
  at("erase").setAttribute("aria-expanded", String(asked));
  at(asked ? "erase-no" : "erase").focus();
}

function draw() {
  view.draw({ run, busy, waiting: run ? queue.count(run.id) : 0, earlier: waitingOfOthers() });
  if (run?.state === "finishing") end();
}

function waitingOfOthers() {
  return queue.ids().reduce((sum, id) => (id === run?.id || !keyOf(id) ? sum : sum + queue.count(id)), 0);
}

/** The page opens without a network from now on. A new version takes over while no run is going. */
function install() {
  const before = navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/run-worker.js", { scope: "/run", updateViaCache: "none" }).catch(() => {});
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (before && !busy && run?.state !== "running") location.reload();
  });
}

at("begin").addEventListener("submit", (event) => {
  event.preventDefault();
  alone(begin);
});
at("finish").addEventListener("click", finish);
at("anew").addEventListener("click", () => alone(startAnew));
at("fine").addEventListener("click", () =>
  alone(async () => {
    await change(run, { sos: false });
    view.sosMs = null;
  }),
);
at("erase").addEventListener("click", () => sure(at("sure").hidden));
at("erase-no").addEventListener("click", () => sure(false));
at("erase-yes").addEventListener("click", () => alone(eraseAll));
at("apps").addEventListener("toggle", () => at("apps").open && run && showApps(run));
at("codes").addEventListener("click", () =>
  alone(async () => {
    await own();
    go();
    await showApps(run);
  }),
);

arrive(location.hash.slice(1));
addEventListener("hashchange", () => location.reload());
addEventListener("online", again);
setInterval(again, AGAIN_MS);
setInterval(draw, 1000);
if ("serviceWorker" in navigator) install();
