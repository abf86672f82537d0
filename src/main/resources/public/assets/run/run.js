// The runner's page: starts a run, sends it, and says how it goes.

import { Refused, isKeyUnknown } from "../shared/api.js";
import { ahead, now } from "../shared/clock.js";
import { at } from "../shared/elements.js";
import { fillIn } from "../shared/texts.js";
import { change, claim, erase, whoHas } from "./account.js";
import { forgetApps, showApps, showUnread } from "./apps.js";
import { openEarlier } from "./earlier.js";
import { forgetEnding, forgetKey, keepEnding, keepRun, keepShownKey, keptRun, shownKey } from "./keep.js";
import { install, toBeAlone } from "./page.js";
import { MOST, openQueue } from "./queue.js";
import { openSender } from "./sender.js";
import { needLink, showLink } from "./share.js";
import { whenSure } from "./sure.js";
import { View } from "./view.js";
import { correction, openWatch } from "./watch.js";

const AGAIN_MS = 5000;
const SETTLED_MS = 3000;
const ASK_MS = 30000;
const END_MS = 5000;
const PATIENCE_MS = 5000;
const KEY = /^[A-Za-z0-9]{1,128}$/;
const view = new View();
fillIn();
await toBeAlone(() => view.elsewhere());

let run = keptRun();
let sender = null;
let watch = null;
let busy = false;
let offered = null;
let knowing = null;
let storing = Promise.resolve();
let ending = false;
let endMs = 0;
let askedMs = 0;
const queue = await openQueue({
  unkept: () => view.trouble("memoryOnly"),
  dropped: () => view.trouble("full", { count: MOST }),
});
const earlier = openEarlier({ queue, changed: () => draw(), lost: (count) => view.trouble("lost", { count }) });

window.trackside = { run: () => run, waiting: () => (run ? queue.count(run.id) : 0) };

/** Takes the key from the address, and continues the run that this browser keeps. */
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
    const found = { ...(await whoHas(key)), key };
    if (found.id !== run?.id && isGoing()) offer(found);
    else take(found);
  } catch (failure) {
    if (isKeyUnknown(failure)) {
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

const isGoing = () => run?.state === "running" || run?.state === "finishing";

function take({ id, key, name, visibility, finished }) {
  const before = id === run?.id ? run : { state: "ready" };
  leave();
  run = { ...before, id, key, name, visibility };
  if (finished) run.state = "finished";
  forgetEnding(id);
  keepRun(run);
  keepShownKey(null);
  view.start();
  view.calm();
}

/** Asks before another run takes the place of one that goes on. */
function offer(found) {
  offered = found;
  draw();
  at("offer-no").focus();
}

function goOnWithMine() {
  offered = null;
  keepShownKey(null);
  draw();
}

async function takeOffered() {
  stopWatching();
  await storing;
  keepEnding(run.id);
  const found = offered;
  offered = null;
  take(found);
  go();
}

/** Does whatever a run needs to go on, after a reload too. */
function go() {
  earlier.go(run?.id);
  if (run) {
    earlier.close(run.id);
    sender ??= openSender({ ...run, queue, tell });
    if (run.state === "running") watch ??= openWatch({ aheadMs: () => run?.aheadMs ?? 0, took, failed });
    ask();
    showLink(run);
  }
  draw();
}

/** Asks how the run is, and for its link and what the server could not read. */
async function ask() {
  const [asked, before, sinceMs] = [run, run.state, Date.now()];
  askedMs = sinceMs;
  try {
    const { name, visibility, finished, heard, sos } = await whoHas(asked.key);
    if (asked !== run) return;
    Object.assign(run, { name, visibility });
    setTime();
    view.sosMs = sos;
    if (heard) view.serverHeardMs = heard;
    if (finished) ended(sinceMs);
    else if (before === "finished" && run.state === before && !busy) become("ready");
    keepRun(run);
    await needLink(run);
    showLink(run);
    await showUnread(run);
  } catch (failure) {
    if (asked === run && isKeyUnknown(failure)) forbid();
  }
  draw();
}

function again() {
  earlier.go(run?.id);
  if (shownKey() && !offered) arrive("");
  else if (run && !view.wrongKey && !(document.hidden && run.share) && Date.now() - askedMs > ASK_MS) ask();
}

const tell = {
  line: (how, why) => {
    view.line = how;
    view.why = why;
    draw();
  },
  status: (status) => {
    view.watching = status.watching;
    if (status.type === "status") view.sosMs = status.sos;
    if (status.heard) view.serverHeardMs = status.heard;
    if (status.finished || status.state === "finished") ended();
    draw();
  },
  position: () => {
    view.serverHeardMs = now();
  },
  heard: () => {
    view.heardMs = Date.now();
    if (run?.state === "finishing") end();
    draw();
  },
  refused,
  said: (why) => view.trouble("said", { why }),
  forbidden: forbid,
  erased: () => busy || forbid(),
};

function forbid() {
  view.wrongKey = true;
  draw();
}

/** Asks how the run is, since a point was refused, and answers whether it is over. */
async function refused(why) {
  const asked = run;
  if (run.state !== "finished") {
    knowing ??= knows(run).finally(() => (knowing = null));
    await knowing;
  }
  if (asked !== run) return false;
  if (run.state !== "finished" && !view.wrongKey) view.trouble("refused", { why });
  return run.state === "finished";
}

async function knows(asked) {
  const sinceMs = Date.now();
  try {
    const { finished } = await whoHas(asked.key, PATIENCE_MS);
    if (finished && asked === run) ended(sinceMs);
  } catch (failure) {
    if (asked === run && isKeyUnknown(failure)) forbid();
  }
}

/** The server says that the run is over. It may have said so before it knew of the next start. */
function ended(askedSinceMs = 0) {
  const settled = askedSinceMs >= run.startedMs || Date.now() - run.startedMs >= SETTLED_MS;
  if (run.state === "finished" || (run.state === "running" && !settled)) return;
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

/** Leaves a run. What waits of it will still be sent. */
function leave() {
  stopWatching();
  sender?.close();
  sender = null;
  if (run && queue.count(run.id) === 0 && (run.state === "finished" || view.wrongKey)) forgetKey(run.id);
}

/** Does one thing at a time, and says what goes wrong. */
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
  setTime();
  keepRun(run);
  navigator.storage?.persist?.();
}

/** Keeps how wrong the phone's clock is, since a tunnel may come before the next answer. */
function setTime() {
  run.aheadMs = correction(run.aheadMs ?? 0, ahead());
}

/** Whether the run is over. Without a signal to ask, it counts as going on. */
async function isOver() {
  if (run.state === "finished") return true;
  try {
    return Boolean((await whoHas(run.key, PATIENCE_MS)).finished);
  } catch (failure) {
    if (failure instanceof Refused) throw failure;
    return false;
  }
}

async function begin() {
  view.calm();
  if (!run) await own();
  else if (await isOver()) await change(run, { finished: false });
  run.startedMs = Date.now();
  queue.anew(run.id);
  sender?.again();
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

/** How many points of the run are to be sent: not those that the server has refused. */
const toSend = () => sender?.waiting() ?? (run ? queue.count(run.id) : 0);

/** Ends the run as soon as none of its points wait. */
async function end() {
  if (ending || run?.state !== "finishing" || Date.now() < endMs) return;
  ending = true;
  try {
    await storing;
    if (toSend() === 0) {
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

function draw() {
  view.draw({ run, busy, waiting: toSend(), earlier: earlier.waiting(run?.id), offered });
  if (run?.state === "finishing") end();
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
whenSure(() => alone(eraseAll));
at("offer-no").addEventListener("click", goOnWithMine);
at("offer-yes").addEventListener("click", () => alone(takeOffered));
at("apps").addEventListener("toggle", () => {
  if (!at("apps").open || !run) return;
  showApps(run);
  ask();
});
at("unread").addEventListener("toggle", () => at("unread").open && run && ask());
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
install(() => !busy && run?.state !== "running");
