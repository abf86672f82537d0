// The server's clock, since that of a phone may be wrong.

const SECOND_MS = 1000;
let aheadMs = 0;

/** How far the phone's clock is ahead of the server's, in ms. */
export const ahead = () => aheadMs;

export function now() {
  return Date.now() - aheadMs;
}

/**
 * Sets the clock by an answer of the server. Its Date has whole seconds.
 *
 * @param sentMs when the page asked, by the phone's clock
 */
export function setBy(response, sentMs) {
  const serverMs = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(serverMs)) believe(sentMs - serverMs - SECOND_MS, Date.now() - serverMs);
}

/** Sets the clock by the moment when the server wrote the page, unless the page is old; says whether it did. */
export function setByPage(serverMs) {
  const [way] = performance.getEntriesByType("navigation");
  if (!way || way.type === "back_forward" || way.transferSize === 0) return false;
  const originMs = Date.now() - performance.now();
  believe(originMs + way.requestStart - serverMs, originMs + way.responseStart - serverMs);
  return true;
}

/** Leaves a clock alone that may be right. */
function believe(leastMs, mostMs) {
  if (leastMs <= 0 && mostMs >= 0) aheadMs = 0;
  else if (aheadMs < leastMs || aheadMs > mostMs) aheadMs = (leastMs + mostMs) / 2;
}
