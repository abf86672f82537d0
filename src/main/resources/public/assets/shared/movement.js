// Tells movement from the errors of satellites and networks: the rule of docs/protocol.md, "Movement". The server has the
// same rule as Movement.java.

/** One degree, in radians. */
export const RADIANS = Math.PI / 180;

const EARTH_M = 6371008.8;
const STEP_M = 15;
const COARSE_M = 100;
const USUAL_M = 10;
const DRAWN_M = 30;
const RUNNING_MPS = 12.5;
const DRIVING_MPS = 40;
const SLACK_M = 30;
const WIDEST = 2.5;
const JITTERS = 2;
const DRIFT_MPS = 0.1;
const FEW = 3;
const MANY = 30;
const LOST = 5;
const AGREES = 4;
const LEG_M = 8;
const ROUNDABOUT = 2;
const SHARE = 0.1;
const STEADY = 0.55;

/** The way between two places close by, the shorter one around the world: metres to the east and to the north. */
function offset(one, other) {
  const degrees = other.lon - one.lon;
  const x = (degrees - 360 * Math.round(degrees / 360)) * RADIANS * Math.cos(((one.lat + other.lat) / 2) * RADIANS);
  const y = (other.lat - one.lat) * RADIANS;
  return [x * EARTH_M, y * EARTH_M];
}

/** Metres between two places close by, the shorter way around the world. */
export const metresBetween = (one, other) => Math.hypot(...offset(one, other));

/** Which way somebody goes, leg by leg. Errors lead back and forth; runners go on, or turn to one side all the time. */
class Direction {
  #east = 0;
  #north = 0;
  #ahead = 0;
  #left = 0;

  add(from, to) {
    const [x, y] = offset(from, to);
    const metres = Math.hypot(x, y) || 1;
    const [east, north] = [x / metres, y / metres];
    this.#ahead += SHARE * (this.#east * east + this.#north * north - this.#ahead);
    this.#left += SHARE * (this.#east * north - this.#north * east - this.#left);
    [this.#east, this.#north] = [east, north];
  }

  get isSteady() {
    return Math.abs(this.#left) >= STEADY || this.#ahead >= STEADY;
  }
}

const radiusOf = ({ acc }) => (Number.isFinite(acc) ? acc : USUAL_M);
const isCoarse = (fix) => radiusOf(fix) > COARSE_M;

/** How far a fix has to be away to be elsewhere. Networks are wrong by far more than they say. */
const reach = (radius) => Math.max(STEP_M, radius <= COARSE_M ? radius : 3 * radius - 2 * COARSE_M);

/** Whether somebody can have come from one fix to the other at a speed. */
const isWithin = (one, other, mps) =>
  metresBetween(one, other) <= radiusOf(one) + radiusOf(other) + SLACK_M + (mps * (other.t - one.t)) / 1000;

/**
 * What a fix says: near (the runner is where they were), halo (nothing: it is too inaccurate), away (they may be
 * elsewhere; the next fixes tell), confirms (the one that was away is right, and they are there), goesOn (it is right, and
 * this one is away from it).
 */
export class Movement {
  /** The way that is certain so far. */
  metres = 0;
  /** Whether the last way was too fast for anybody: it has no length, and is not drawn. */
  jumped = false;
  /** The first fix where the runner is now, and the mean of all that are near. */
  first = null;
  #count = 0;
  #north = 0;
  #east = 0;
  #best = 0;
  #jitter = 0;
  /** The last of the legs at the place, and their length. */
  #turn = null;
  #legs = 0;
  #direction = new Direction();
  #seen = null;
  #away = null;
  #lost = 0;

  /** Takes the next fix: {lat, lon, t} and perhaps acc; or way, the metres until its place, if the server has told. */
  add(fix) {
    this.jumped = false;
    if (fix.way !== undefined) return this.#resume(fix);
    if (this.#count === 0) return this.#settle(fix, "near");
    const least = Math.max(reach(radiusOf(fix)), reach(this.#best));
    const centre = this.#centre();
    const off = metresBetween(centre, fix);
    return off <= this.#widened(least, fix.t) ? this.#stay(fix, off, centre) : this.#leave(fix, least, centre);
  }

  /** The way with the last fix that is away, if the runner can have got there. */
  get metresSoFar() {
    if (!this.isAway) return this.metres;
    return this.metres + this.#way(this.#away, this.#centre());
  }

  /** Whether the last fix is away, and the runner can have got there. */
  get isAway() {
    return this.#away !== null && !isCoarse(this.#away) && isWithin(this.#seen, this.#away, RUNNING_MPS);
  }

  #centre() {
    return { lat: this.first.lat + this.#north / this.#count, lon: this.first.lon + this.#east / this.#count };
  }

  /** A place is wider than the least when its fixes scatter, and the longer the runner is there. */
  #widened(least, t) {
    if (this.#count < 2) return least;
    const scatter = this.#count < FEW ? 0 : JITTERS * this.#jitter;
    const drift = least + (DRIFT_MPS * (t - this.first.t)) / 1000;
    return Math.min(WIDEST * least, Math.max(least, scatter, drift));
  }

  /** As long as the way is the same, it is the same place. */
  #resume(fix) {
    this.jumped = this.#count > 0 && !isWithin(this.#seen, fix, DRIVING_MPS);
    if (this.#count > 0 && fix.way === this.metres) return this.#settled(fix, "near");
    this.metres = fix.way;
    return this.#settle(fix, "near");
  }

  #stay(fix, off, centre) {
    if (isCoarse(fix)) return "halo";
    if (this.#best > COARSE_M) return this.#settle(fix, "near");
    if (this.#away && this.#wasThere(fix, centre)) return this.#goOn(fix, centre);
    this.#settled(fix);
    this.#walk(fix);
    return off <= DRAWN_M ? "near" : "halo";
  }

  /** Whether there was time to go to the fix that is away, and back. */
  #wasThere(fix, centre) {
    const there = metresBetween(centre, this.#away);
    const seconds = (fix.t - this.#seen.t) / 1000;
    return !isCoarse(this.#away) && there > 4 * reach(radiusOf(this.#away)) && 2 * there <= RUNNING_MPS * seconds;
  }

  #leave(fix, least, centre) {
    const away = this.#away;
    if (isCoarse(fix) && ((away && !isCoarse(away)) || !isWithin(this.#seen, fix, RUNNING_MPS))) return "halo";
    if (away && (isCoarse(fix) || !isCoarse(away))) {
      const could = isWithin(this.#seen, away, RUNNING_MPS);
      const can = isWithin(this.#seen, fix, RUNNING_MPS);
      if (metresBetween(away, fix) <= least) {
        this.#move(centre);
        this.#settled(fix);
        this.#walk(fix);
        return "confirms";
      }
      const agree = AGREES * metresBetween(away, fix) <= metresBetween(centre, fix);
      if ((could && !can) || (isWithin(away, fix, DRIVING_MPS) && (could || !can || agree))) return this.#goOn(fix, centre);
    }
    if (++this.#lost >= LOST) {
      this.jumped = true;
      return this.#settle(fix, "near");
    }
    this.#away = fix;
    return "away";
  }

  #goOn(fix, centre) {
    this.#move(centre);
    this.#away = fix;
    return "goesOn";
  }

  /** Moves the runner to the fix that is away. */
  #move(centre) {
    this.jumped = !isWithin(this.#seen, this.#away, DRIVING_MPS);
    if (!this.jumped) {
      this.metres += this.#way(this.#away, centre);
      this.#direction.add(this.#turn, this.#away);
    }
    this.#settle(this.#away);
  }

  /** The way from the place to a fix: by the legs, unless they go back and forth. */
  #way(there, centre) {
    const straight = metresBetween(this.first, centre) + metresBetween(centre, there);
    const byLegs = this.#legs + metresBetween(this.#turn, there);
    return byLegs > ROUNDABOUT * straight ? straight : Math.max(straight, byLegs);
  }

  #settle(fix, says) {
    this.first = fix;
    this.#count = 0;
    this.#north = 0;
    this.#east = 0;
    this.#best = radiusOf(fix);
    this.#jitter = 0;
    this.#turn = fix;
    this.#legs = 0;
    return this.#settled(fix, says);
  }

  #settled(fix, says) {
    if (this.#count > 0) this.#jitter += (metresBetween(this.#seen, fix) - this.#jitter) / Math.min(this.#count, MANY);
    this.#count++;
    this.#north += fix.lat - this.first.lat;
    const degrees = fix.lon - this.first.lon;
    this.#east += degrees - 360 * Math.round(degrees / 360);
    this.#best = Math.min(this.#best, radiusOf(fix));
    this.#seen = fix;
    this.#away = null;
    this.#lost = 0;
    return says;
  }

  /** Goes a leg within the place. Legs that go on are a way, and lead to another place. */
  #walk(fix) {
    const leg = metresBetween(this.#turn, fix);
    if (leg < Math.max(LEG_M, radiusOf(fix), JITTERS * this.#jitter)) return;
    this.#direction.add(this.#turn, fix);
    this.#turn = fix;
    this.#legs += leg;
    if (!this.#direction.isSteady) return;
    this.metres += this.#legs;
    this.#settle(fix);
  }
}
