// Watches the phone: its positions, its battery, and a screen that stays on.

const FIX_WITHIN_MS = 30000;
const UNHEARD_MS = 10000;
const RETRY_MS = 2000;
const WRONG_MS = 120000;
const SLACK_MS = 10000;
const OLDEST_MS = 86400000;
let battery = null;
navigator.getBattery?.().then((found) => (battery = found), () => {});

/** The charge in percent, or undefined if the browser does not tell. */
const batteryNow = () => (battery ? Math.round(battery.level * 100) : undefined);

const rounded = (value, digits) => (Number.isFinite(value) ? Number(value.toFixed(digits)) : undefined);

/**
 * By how many ms to set the phone's clock back: 0 if it is right enough. The server tells whole seconds only, so a small
 * difference from before changes nothing.
 */
export function correction(beforeMs, aheadMs) {
  if (Math.abs(aheadMs - beforeMs) < SLACK_MS) return beforeMs;
  return Math.abs(aheadMs) > WRONG_MS ? aheadMs : 0;
}

/**
 * Positions may have the right time even on a phone with a wrong clock. Those stay as they are. A time that can be neither
 * (Safari on a Mac counts from 2001) counts for nothing: the position has just come.
 */
export function momentOf(timestamp, aheadMs) {
  const [phoneMs, serverMs] = [Date.now(), Date.now() - aheadMs];
  const byPhone = Math.abs(timestamp - phoneMs) < Math.abs(timestamp - serverMs);
  const t = byPhone ? timestamp - aheadMs : timestamp;
  return Math.round(t >= serverMs - OLDEST_MS && t <= serverMs + WRONG_MS ? t : serverMs);
}

function fixOf({ timestamp, coords }, aheadMs) {
  const fix = {
    t: momentOf(timestamp, aheadMs),
    lat: rounded(coords.latitude, 7),
    lon: rounded(coords.longitude, 7),
    acc: rounded(coords.accuracy, 1),
    alt: rounded(coords.altitude, 1),
    speed: rounded(coords.speed, 2),
    heading: rounded(coords.heading, 0),
    battery: batteryNow(),
  };
  return Object.fromEntries(Object.entries(fix).filter(([, value]) => value !== undefined));
}

/**
 * @param aheadMs says how far the phone's clock is ahead
 * @param took hears of each fix
 * @param failed hears the name of a text: denied, insecure, noGps, slowGps, screenMayDarken
 */
export function openWatch({ aheadMs, took, failed }) {
  let number = null;
  let lock = null;
  let closed = false;
  let tookMs = Date.now();

  function look() {
    if (!window.isSecureContext || !navigator.geolocation) {
      failed("insecure");
      return;
    }
    if (number !== null) navigator.geolocation.clearWatch(number);
    number = navigator.geolocation.watchPosition(
      (position) => {
        tookMs = Date.now();
        took(fixOf(position, aheadMs()));
      },
      ({ code, PERMISSION_DENIED, TIMEOUT }) => {
        if (code === PERMISSION_DENIED) refused();
        else failed(code === TIMEOUT ? "slowGps" : "noGps");
      },
      { enableHighAccuracy: true, maximumAge: 0, timeout: FIX_WITHIN_MS },
    );
  }

  /** A browser says "denied" to a page that it closes, too, so this asks for the permission again. */
  async function refused() {
    const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (closed) return;
    if (permission?.state === "granted") setTimeout(() => closed || look(), UNHEARD_MS);
    failed(permission?.state === "granted" ? "noGps" : "denied");
  }

  /** A browser drops the lock of a hidden page, and refuses one to a page that is only just coming up. */
  async function stayAwake(tries = 3) {
    try {
      lock = await navigator.wakeLock.request("screen");
      if (closed) lock.release();
    } catch {
      if (closed || document.hidden) return;
      if (tries > 1) setTimeout(() => closed || stayAwake(tries - 1), RETRY_MS);
      else failed("screenMayDarken");
    }
  }

  function seenAgain() {
    if (document.hidden) return;
    stayAwake();
    if (Date.now() - tookMs > UNHEARD_MS) look();
  }

  document.addEventListener("visibilitychange", seenAgain);
  look();
  stayAwake();
  return {
    close() {
      closed = true;
      document.removeEventListener("visibilitychange", seenAgain);
      if (number !== null) navigator.geolocation.clearWatch(number);
      lock?.release();
    },
  };
}
