// The server's clock: that of a phone may be wrong.

let aheadMs = 0;

/** How far this clock is ahead of the server's. */
export const ahead = () => aheadMs;

export function now() {
  return Date.now() - aheadMs;
}

/** Sets the clock by an answer of the server; its Date has whole seconds. */
export function setBy(response) {
  const serverMs = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isNaN(serverMs)) return;
  const differenceMs = Date.now() - serverMs;
  aheadMs = differenceMs < -1000 || differenceMs > 3000 ? differenceMs - 500 : 0;
}
