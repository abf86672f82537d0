// Opens the runner's page where there is no network. Every version of the page is kept whole.

const KEPT = "run-@version@";
const FILES = [
  "/run",
  "/run.webmanifest",
  "/assets/page.css",
  "/assets/run.css",
  "/assets/icon.svg",
  "/assets/icon-180.png",
  "/assets/icon-192.png",
  "/assets/icon-512.png",
  "/assets/icon-maskable-512.png",
  "/assets/run.js",
  "/assets/account.js",
  "/assets/api.js",
  "/assets/apps.js",
  "/assets/clock.js",
  "/assets/copy.js",
  "/assets/earlier.js",
  "/assets/keep.js",
  "/assets/line.js",
  "/assets/page.js",
  "/assets/queue.js",
  "/assets/kept.js",
  "/assets/sender.js",
  "/assets/share.js",
  "/assets/socket.js",
  "/assets/texts.js",
  "/assets/view.js",
  "/assets/watch.js",
  "/assets/words.js",
  "/assets/en.js",
  "/assets/de.js",
  "/assets/fr.js",
  "/assets/es.js",
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
