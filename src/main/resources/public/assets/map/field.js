// Everybody on the map, on one canvas. It draws at most once a frame, and only when something changes or moves.

import { RADIANS } from "../shared/movement.js";
import { Dots, directionOf } from "./dots.js";
import { L, colour, still, whenColoursChange } from "./map.js";
import { Motion } from "./motion.js";
import { Ways } from "./ways.js";
import { World, usual } from "./world.js";

const MOST = 4000;
const FINEST = 2;
const CROWD = 100;
const MOST_HALOS = 200;
const MOST_PLATES = 60;
const NEAR_PX = 22;
const PADDING = 0.15;
const EQUATOR_M = 40075017;
const COLOURS = ["ground", "ink", "muted", "accent", "delayed", "finish"];
const ratioOfPixels = () => Math.min(FINEST, Math.max(1, devicePixelRatio));

/** The canvas. Leaflet pans it with the map, and scales it by CSS while the map zooms, until the next drawing. */
const Sheet = L.Renderer.extend({
  options: { pane: "field", padding: PADDING },
  initialize(changed) {
    L.Renderer.prototype.initialize.call(this);
    this._changed = changed;
  },
  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._look };
  },
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this.ctx = this._container.getContext("2d");
  },
  _destroyContainer() {
    this._container.remove();
  },
  /** Leaves the drawing in its place until the next frame, which moves the canvas to where the map is. */
  _update() {
    this.hasMoved = true;
    this._changed();
  },
  _reset() {
    this._updateTransform(this._map.getCenter(), this._map.getZoom());
    this._update();
  },
  _updateTransform(center, zoom) {
    if (!this.view) return;
    const scale = this._map.getZoomScale(zoom, this._zoom);
    L.DomUtil.setTransform(this._container, this._corner.multiplyBy(scale).subtract(this._map._getNewPixelOrigin(center, zoom)), scale);
  },
  /** Draws before a long pan ends. */
  _look() {
    if (!this.view || this._map.getZoom() !== this._zoom || this._map._animatingZoom) return;
    if (!L.bounds(this._corner, this._corner.add(this._size)).contains(this._map.getPixelBounds())) this._update();
  },
  /** Moves the canvas to where the map is, with a margin around it. */
  settle() {
    if (this._map._animatingZoom && this.view) return;
    const ratio = ratioOfPixels();
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    this._corner = min.add(this._map.getPixelOrigin());
    this._size = size;
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    const canvas = this._container;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setTransform(canvas, min, 1);
    this.hasMoved = false;
    // A point of the map at zoom 0, times scale, minus left and top, is a pixel of the canvas.
    const scale = this._map.getZoomScale(this._zoom, 0) * ratio;
    this.view = { scale, left: this._corner.x * ratio, top: this._corner.y * ratio, width, height, ratio };
  },
});

class Field {
  #map;
  #sheet;
  #dots = null;
  #colours = {};
  #ways;
  #world = new World();
  #runners = new Map();
  #ghost = null;
  #frame = 0;
  #frames = 0;

  constructor(map) {
    this.#map = map;
    this.#ways = new Ways((id, point) => this.#project(id, point));
    const pane = map.getPane("field") ?? map.createPane("field");
    pane.style.zIndex = "450";
    pane.style.pointerEvents = "none";
    this.#sheet = new Sheet(() => this.#later()).addTo(map);
    whenColoursChange(() => this.redraw());
    this.redraw();
  }

  /** Takes a new position: the dot glides to it from where it is. A late one does not move it. */
  place(id, { lat, lon, t, acc, heading }, { glide = true } = {}) {
    const runner = this.#runner(id);
    if (!runner) return;
    if (!this.#world.isAnchored(id)) this.#world.anchor(id, lon);
    const point = { lat, lon, t, ...this.#project(id, { lat, lon }) };
    const { motion } = runner;
    if (motion && !(t > motion.newest.t)) {
      if (!glide && motion.isMoving(performance.now())) {
        motion.arrive();
        this.#later();
      }
      return;
    }
    if (motion) motion.add(point, performance.now(), glide && !still.matches);
    else runner.motion = new Motion(point);
    runner.direction = directionOf(heading);
    // The map stretches towards the poles, and so does a metre.
    runner.halo = acc > 0 ? (acc * 256) / (EQUATOR_M * Math.cos(lat * RADIANS)) : 0;
    runner.picture = null;
    this.#later();
  }

  /** @param state live, delayed, silent, catching, stopped, sos or finished */
  look(id, { colour, state, label = "", note = "", chosen = false }) {
    const runner = this.#runner(id);
    if (!runner) return;
    const { look } = runner;
    if (look.colour === colour && look.state === state && look.label === label && look.note === note && look.chosen === chosen) return;
    runner.look = { colour, state, label, note, chosen };
    runner.picture = null;
    this.#later();
  }

  /** Draws the points behind a runner, ordered by t, up to their dot; null removes them. */
  trail(id, points) {
    if (points === null) {
      this.#ways.remove(id);
    } else if (this.#runner(id)) {
      if (points.length > 0) this.#world.anchor(id, points[0].lon);
      this.#ways.set(id, points);
    }
    this.#later();
  }

  remove(id) {
    this.#runners.delete(id);
    this.#world.forget(id);
    this.#ways.remove(id);
    this.#later();
  }

  /** Where the dot is at this moment, or null. */
  shown(id) {
    const motion = this.#runners.get(id)?.motion;
    if (!motion) return null;
    const { lat, lon, t } = motion.at(performance.now());
    return { lat, lon: usual(lon), t };
  }

  /** The longitude at which the map shows a longitude of a runner: the whole world lies between two that look alike. */
  lonOf(id, lon) {
    return this.#world.lon(id, lon);
  }

  /** The id of the nearest dot to a point of the container, or null if none is near. */
  hit(containerPoint) {
    const nowMs = performance.now();
    const at = this.#map.containerPointToLayerPoint(containerPoint).add(this.#map.getPixelOrigin());
    const scale = this.#map.getZoomScale(this.#map.getZoom(), 0);
    let nearest = null;
    let least = NEAR_PX;
    for (const [id, { motion }] of this.#runners) {
      if (!motion) continue;
      const { x, y } = motion.at(nowMs);
      const distance = Math.hypot(x * scale - at.x, y * scale - at.y);
      if (distance <= least) {
        least = distance;
        nearest = id;
      }
    }
    return nearest;
  }

  /** Draws where somebody was, for a replay; null removes it. */
  ghost(ghost) {
    this.#ghost = ghost && { ...ghost, ...this.#project(ghost.id, ghost) };
    this.#later();
  }

  /** Reads the colours again. */
  redraw() {
    for (const name of COLOURS) this.#colours[name] = colour(name);
    this.#dots = null;
    this.#later();
  }

  /** How many frames it has drawn so far. */
  frames() {
    return this.#frames;
  }

  #project(id, { lat, lon }) {
    const { x, y } = this.#map.project([lat, this.lonOf(id, lon)], 0);
    return { x, y };
  }

  /** A full map takes no newcomers. */
  #runner(id) {
    let runner = this.#runners.get(id);
    if (!runner && this.#runners.size < MOST) {
      const look = { colour: this.#colours.ink, state: "live", label: "", note: "", chosen: false };
      runner = { look, motion: null, direction: -1, halo: 0, picture: null, isRinged: false, isLeft: false };
      this.#runners.set(id, runner);
    }
    return runner;
  }

  #later() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = 0;
    this.#frames++;
    const sheet = this.#sheet;
    const ratio = ratioOfPixels();
    if (sheet.hasMoved || sheet.view.ratio !== ratio) sheet.settle();
    const { view, ctx } = sheet;
    if (this.#dots === null || this.#dots.ratio !== view.ratio) {
      this.#dots = new Dots(this.#colours, view.ratio);
      for (const runner of this.#runners.values()) runner.picture = null;
    }
    const nowMs = performance.now();
    ctx.clearRect(0, 0, view.width, view.height);
    this.#ways.draw(ctx, view, (id) => this.#runners.get(id)?.motion?.at(nowMs), (id) => this.#runners.get(id).look.colour, this.#ghost);
    const inView = this.#inView(view, nowMs);
    this.#drawHalos(ctx, view, inView);
    for (const one of inView) this.#drawDot(ctx, view, one);
    if (this.#ghost) this.#drawGhost(ctx, view);
    this.#drawPlates(ctx, view, inView);
    for (const { motion } of this.#runners.values()) {
      if (motion?.isMoving(nowMs)) {
        this.#later();
        break;
      }
    }
  }

  /** Who is on the canvas, and where: chosen runners come last but for those who ask for help, so that these lie on top. */
  #inView({ scale, left, top, width, height, ratio }, nowMs) {
    const reach = 32 * ratio;
    const layers = [[], [], []];
    for (const runner of this.#runners.values()) {
      if (!runner.motion) continue;
      const point = runner.motion.at(nowMs);
      const x = Math.round(point.x * scale - left);
      const y = Math.round(point.y * scale - top);
      const halo = runner.halo * scale;
      const around = Math.max(reach, halo);
      if (x < -around || y < -around || x > width + around || y > height + around) continue;
      const { state, chosen } = runner.look;
      layers[state === "sos" ? 2 : chosen ? 1 : 0].push({ runner, x, y, halo });
    }
    return layers.flat();
  }

  #radius({ state, chosen }) {
    return (this.#runners.size > CROWD ? 6 : 8) + (chosen ? 3 : 0) + (state === "sos" ? 3 : 0);
  }

  /** Halos show how exact the places are. They would hide a crowd, so there only chosen runners have one. */
  #drawHalos(ctx, { ratio }, inView) {
    for (const { runner, x, y, halo } of inView) {
      const { colour, state, chosen } = runner.look;
      const radius = this.#radius(runner.look);
      const isShown = (inView.length <= MOST_HALOS || chosen || state === "sos") && state !== "finished";
      const isDelayed = state === "delayed";
      const isRinged = isDelayed && !(isShown && halo > (radius + 5) * ratio);
      if (isRinged !== runner.isRinged) {
        runner.isRinged = isRinged;
        runner.picture = null;
      }
      if (!isShown || halo <= (radius + 2) * ratio || isRinged) continue;
      ctx.beginPath();
      ctx.arc(x, y, halo, 0, 2 * Math.PI);
      ctx.fillStyle = ctx.strokeStyle = state === "silent" ? this.#colours.muted : isDelayed ? this.#colours.delayed : state === "sos" ? this.#colours.accent : colour;
      ctx.globalAlpha = 0.12;
      ctx.fill();
      ctx.globalAlpha = isDelayed ? 1 : 0.6;
      ctx.lineWidth = (isDelayed ? 2 : 1) * ratio;
      ctx.setLineDash(isDelayed ? [4 * ratio, 4 * ratio] : []);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  #drawDot(ctx, view, { runner, x, y }) {
    const { look, direction, isRinged } = runner;
    runner.picture ??= this.#dots.dot(look.colour, look.state, this.#radius(look), direction, isRinged);
    const half = runner.picture.width >> 1;
    ctx.drawImage(runner.picture, x - half, y - half);
  }

  #drawGhost(ctx, { scale, left, top }) {
    const picture = this.#dots.ghost(this.#ghost.colour, 8);
    const half = picture.width >> 1;
    ctx.drawImage(picture, Math.round(this.#ghost.x * scale - left) - half, Math.round(this.#ghost.y * scale - top) - half);
  }

  /** Draws the names of chosen runners and of those who ask for help first, and the others where there is room. */
  #drawPlates(ctx, { width, ratio }, inView) {
    const isCrowded = inView.length > MOST_PLATES;
    const taken = [];
    const fits = ([left, top, right, bottom]) => taken.every((other) => right < other[0] || left > other[2] || bottom < other[1] || top > other[3]);
    for (let i = inView.length - 1; i >= 0 && taken.length < MOST_PLATES; i--) {
      const { runner, x, y } = inView[i];
      const { label, note, chosen, state } = runner.look;
      const isAlways = chosen || state === "sos";
      if ((!isAlways && isCrowded) || (label === "" && note === "")) continue;
      const picture = this.#dots.plate(label, note);
      const away = (this.#radius(runner.look) + (state === "sos" ? 9 : 4)) * ratio;
      const top = y - (picture.height >> 1);
      const box = (isLeft) => {
        const left = Math.round(isLeft ? x - away - picture.width : x + away);
        return [left, top, left + picture.width, top + picture.height];
      };
      // A name keeps its side as long as it can: it must not jump about.
      const usual = box(runner.isLeft);
      const other = box(!runner.isLeft);
      const place = fits(usual) ? usual : fits(other) ? other : isAlways ? usual : null;
      if (place === null) continue;
      if (place === other) runner.isLeft = !runner.isLeft;
      taken.push(place);
      ctx.drawImage(picture, place[0], place[1]);
    }
  }
}

export function openField(map) {
  return new Field(map);
}
