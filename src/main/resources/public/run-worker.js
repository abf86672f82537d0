// Opens the runner's page without a network. It keeps each version of the page whole.

const KEPT = "run-@version@";
const FILES = [
  "/run",
  "/run.webmanifest",
  "/assets/@version@/run/account.js",
  "/assets/@version@/run/apps.js",
  "/assets/@version@/run/earlier.js",
  "/assets/@version@/run/keep.js",
  "/assets/@version@/run/page.js",
  "/assets/@version@/run/posting.js",
  "/assets/@version@/run/queue.js",
  "/assets/@version@/run/run.css",
  "/assets/@version@/run/run.js",
  "/assets/@version@/run/sender.js",
  "/assets/@version@/run/share.js",
  "/assets/@version@/run/sure.js",
  "/assets/@version@/run/view.js",
  "/assets/@version@/run/watch.js",
  "/assets/@version@/shared/api.js",
  "/assets/@version@/shared/clock.js",
  "/assets/@version@/shared/copy.js",
  "/assets/@version@/shared/de.js",
  "/assets/@version@/shared/elements.js",
  "/assets/@version@/shared/en.js",
  "/assets/@version@/shared/es.js",
  "/assets/@version@/shared/fr.js",
  "/assets/@version@/shared/icon-180.png",
  "/assets/@version@/shared/icon-192.png",
  "/assets/@version@/shared/icon-512.png",
  "/assets/@version@/shared/icon-maskable-512.png",
  "/assets/@version@/shared/icon.svg",
  "/assets/@version@/shared/kept.js",
  "/assets/@version@/shared/line.js",
  "/assets/@version@/shared/page.css",
  "/assets/@version@/shared/socket.js",
  "/assets/@version@/shared/texts.js",
  "/assets/@version@/shared/units.js",
  "/assets/@version@/shared/words.js",
];

async function keep() {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  await skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await clients.claim();
}

async function answer(path, request) {
  const cache = await caches.open(KEPT);
  return (await cache.match(path)) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const path = pathname.replace(/\/+$/, "");
  if (event.request.method === "GET" && origin === location.origin && FILES.includes(path)) {
    event.respondWith(answer(path, event.request));
  }
});
