// The map: a ground, and what is drawn on it. Leaflet on canvas.

import { inMiles } from "./words.js";

const L = window.L;
const HUES = {
  light: ["#0B6FB8", "#B8371B", "#1E7B4A", "#8B3FA8", "#8A5A00", "#00787A", "#C02670", "#3D4A5C"],
  dark: ["#6CB8F5", "#FF7A59", "#4CC38A", "#CF93EA", "#E2B340", "#45C9CB", "#FF86B8", "#B8C4D4"],
};
const dark = matchMedia("(prefers-color-scheme: dark)");
const BREAK_MS = 120000;

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function hue(index) {
  const hues = dark.matches ? HUES.dark : HUES.light;
  return hues[index % hues.length];
}

export function whenColoursChange(action) {
  dark.addEventListener("change", action);
}

const Grid = L.GridLayer.extend({
  createTile: () => L.DomUtil.create("div", "grid-tile"),
});

/** A dot with a nose in the direction of running; a triangle when the runner asks for help. */
const Nose = L.CircleMarker.extend({
  options: { heading: null, alarm: false },
  _updateBounds() {
    L.CircleMarker.prototype._updateBounds.call(this);
    const more = L.point(14, 14);
    this._pxBounds = new L.Bounds(this._pxBounds.min.subtract(more), this._pxBounds.max.add(more));
  },
  _updatePath() {
    L.CircleMarker.prototype._updatePath.call(this);
    const ctx = this._renderer._ctx;
    if (!this._renderer._drawing) return;
    if (this.options.alarm) this._triangle(ctx);
    else if (this.options.heading !== null) this._nose(ctx);
  },
  _triangle(ctx) {
    const { x, y } = this._point;
    ctx.beginPath();
    ctx.moveTo(x, y - 18);
    ctx.lineTo(x + 16, y + 11);
    ctx.lineTo(x - 16, y + 11);
    ctx.closePath();
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.options.fillColor;
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = this.options.color;
    ctx.setLineDash([]);
    ctx.stroke();
  },
  _nose(ctx) {
    const angle = (this.options.heading * Math.PI) / 180;
    const r = this._radius + 2;
    const at = (distance, turn) => [
      this._point.x + Math.sin(angle + turn) * distance,
      this._point.y - Math.cos(angle + turn) * distance,
    ];
    ctx.beginPath();
    ctx.moveTo(...at(r + 6, 0));
    ctx.lineTo(...at(r - 3, 0.8));
    ctx.lineTo(...at(r - 3, -0.8));
    ctx.closePath();
    ctx.fillStyle = this.options.fillColor;
    ctx.globalAlpha = 1;
    ctx.fill();
  },
});

export function openMap(element) {
  const { tiles, attribution } = document.body.dataset;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    preferCanvas: true,
    zoomControl: false,
    attributionControl: Boolean(attribution),
    zoomAnimation: !still,
    fadeAnimation: !still,
    inertia: !still,
    center: [20, 0],
    zoom: 2,
    maxZoom: 19,
  });
  L.control.zoom({ position: "topright" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: inMiles, metric: !inMiles }).addTo(map);
  if (attribution) map.attributionControl.setPrefix(false);
  (tiles ? L.tileLayer(tiles, { attribution, maxZoom: 19 }) : new Grid({ maxZoom: 22 })).addTo(map);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(element);
  return map;
}

/** One runner on the map: a dot, the halo of its accuracy, a name, and perhaps a trail. */
export class Mark {
  #map;
  #colour;
  #trail = null;
  #halo = null;
  #dot = null;
  #plate = null;

  constructor(map, colourOf) {
    this.#map = map;
    this.#colour = colourOf;
  }

  place(position, name) {
    const at = [position.lat, position.lon];
    const heading = Number.isFinite(position.heading) ? position.heading : null;
    if (this.#dot === null) {
      const ground = colour("ground");
      this.#dot = new Nose(at, { radius: 8, weight: 2, color: ground, fillOpacity: 1, interactive: false }).addTo(this.#map);
      if (name) {
        this.#plate = document.createElement("span");
        this.#dot.bindTooltip(this.#plate, { permanent: true, direction: "right", offset: [10, 0], className: "plate" });
      }
    }
    if (this.#plate && this.#plate.textContent !== name) {
      this.#plate.textContent = name;
      this.#dot.getTooltip().update();
    }
    this.#dot.options.heading = heading;
    this.#dot.setLatLng(at);
    this.#placeHalo(at, position.acc);
  }

  #placeHalo(at, radius) {
    if (!(radius > 0)) {
      this.#halo?.remove();
      this.#halo = null;
    } else if (this.#halo === null) {
      this.#halo = L.circle(at, { radius, weight: 1, fillOpacity: 0.12, color: this.#colour(), interactive: false }).addTo(this.#map);
    } else {
      this.#halo.setLatLng(at).setRadius(radius);
    }
  }

  /** Draws the way behind; it is not drawn across a long silence, where nobody knows it. */
  draw(points) {
    const pieces = [];
    let before = null;
    for (const point of points) {
      if (before === null || point.t - before.t > BREAK_MS) pieces.push([]);
      pieces.at(-1).push([point.lat, point.lon]);
      before = point;
    }
    if (this.#trail === null) {
      this.#trail = L.polyline(pieces, { weight: 4, color: this.#colour(), interactive: false }).addTo(this.#map);
      this.#dot?.bringToFront();
    } else {
      this.#trail.setLatLngs(pieces);
    }
  }

  /** Says by the look of the dot whether it is where the runner is now. */
  look(state) {
    const fill = { live: this.#colour(), delayed: colour("delayed"), catching: this.#colour(), sos: colour("accent") }[state];
    if (this.#dot) this.#dot.options.alarm = state === "sos";
    this.#dot?.setStyle({
      fillColor: fill ?? colour("ground"),
      color: fill ? colour("ground") : colour("muted"),
      dashArray: state === "delayed" ? "3 3" : null,
    });
    this.#trail?.setStyle({ color: this.#colour() });
    this.#halo?.setStyle({ color: this.#colour(), dashArray: state === "delayed" ? "4 4" : null });
  }

  remove() {
    for (const layer of [this.#trail, this.#halo, this.#dot]) layer?.remove();
    this.#trail = this.#halo = this.#dot = this.#plate = null;
  }
}
