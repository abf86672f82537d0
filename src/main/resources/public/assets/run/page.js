// Lets one page run at a time, and opens it without a network.

const SAID_AFTER_MS = 300;

/** Waits until no other page sends the run; elsewhere() says that one does. */
export async function toBeAlone(elsewhere) {
  if (!navigator.locks) return;
  const saying = setTimeout(elsewhere, SAID_AFTER_MS);
  await new Promise((alone) => {
    navigator.locks.request("trackside.run", () => {
      alone();
      return new Promise(() => {});
    });
  });
  clearTimeout(saying);
}

/** Lets the page open without a network from now on. A new version takes over only while no run goes on. */
export function install(isIdle) {
  if (!("serviceWorker" in navigator)) return;
  const before = navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/run-worker.js", { scope: "/run", updateViaCache: "none" }).catch(() => {});
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (before && isIdle()) location.reload();
  });
}
