// Opens the runner's page where there is no network. Every version of the page is kept whole.

const KEPT = "run-@version@";
const FILES = [
  "/run",
  "/run.webmanifest",
  "/assets/@version@/page.css",
  "/assets/@version@/run.css",
  "/assets/@version@/icon.svg",
  "/assets/@version@/icon-180.png",
  "/assets/@version@/icon-192.png",
  "/assets/@version@/icon-512.png",
  "/assets/@version@/icon-maskable-512.png",
  "/assets/@version@/run.js",
  "/assets/@version@/account.js",
  "/assets/@version@/api.js",
  "/assets/@version@/apps.js",
  "/assets/@version@/clock.js",
  "/assets/@version@/copy.js",
  "/assets/@version@/earlier.js",
  "/assets/@version@/keep.js",
  "/assets/@version@/line.js",
  "/assets/@version@/page.js",
  "/assets/@version@/queue.js",
  "/assets/@version@/kept.js",
  "/assets/@version@/sender.js",
  "/assets/@version@/share.js",
  "/assets/@version@/socket.js",
  "/assets/@version@/texts.js",
  "/assets/@version@/view.js",
  "/assets/@version@/watch.js",
  "/assets/@version@/words.js",
  "/assets/@version@/en.js",
  "/assets/@version@/de.js",
  "/assets/@version@/fr.js",
  "/assets/@version@/es.js",
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
