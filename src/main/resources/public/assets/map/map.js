// The map itself: Leaflet, with tiles or a plain grid.

import { inMiles } from "../shared/words.js";

export const L = window.L;
const HUES = {
  light: ["#0B6FB8", "#B8371B", "#1E7B4A", "#8B3FA8", "#8A5A00", "#00787A", "#C02670", "#3D4A5C"],
  dark: ["#6CB8F5", "#FF7A59", "#4CC38A", "#CF93EA", "#E2B340", "#45C9CB", "#FF86B8", "#B8C4D4"],
};
const dark = matchMedia("(prefers-color-scheme: dark)");
/** Matches when the reader wants little to move. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");

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

export function openMap(element) {
  const { tiles, attribution } = document.body.dataset;
  const moves = !still.matches;
  const map = L.map(element, {
    preferCanvas: true,
    zoomControl: false,
    attributionControl: Boolean(attribution),
    zoomAnimation: moves,
    fadeAnimation: moves,
    inertia: moves,
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
