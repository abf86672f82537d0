// The runner's page in its browser: one page at a time, and opened without a network.

const SAID_AFTER_MS = 300;

/** Waits until no other page watches and sends; elsewhere() says that one does. */
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

/** The page opens without a network from now on. A new version takes over while nothing is going. */
export function install(isIdle) {
  if (!("serviceWorker" in navigator)) return;
  const before = navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/run-worker.js", { scope: "/run", updateViaCache: "none" }).catch(() => {});
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (before && isIdle()) location.reload();
  });
}
