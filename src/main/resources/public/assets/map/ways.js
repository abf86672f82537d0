// The trails on the map. They have a sheet of their own, which lasts until the view or a trail changes; each frame draws
// only the last piece, up to the dot.

import { BREAK_MS } from "./measure.js";

const WIDTH_PX = 4;
const FAINT = 0.35;

/** One trail: its points, and their places on the map at zoom 0. */
class Way {
  points = [];
  xs = [];
  ys = [];
  /** How many points are on the sheet. */
  drawn = 0;
  colour = "";
  isFaint = false;

  /** Takes the points, and says whether they only continue the earlier ones. */
  take(points, project) {
    const most = Math.min(points.length, this.points.length);
    let same = 0;
    while (same < most && points[same] === this.points[same]) same++;
    const goesOn = same === this.points.length;
    this.points = points.slice();
    this.xs.length = this.ys.length = same;
    for (let i = same; i < points.length; i++) {
      const { x, y } = project(points[i]);
      this.xs.push(x);
      this.ys.push(y);
    }
    return goesOn;
  }

  /** How many points a moment has behind it. */
  until(t) {
    let low = 0;
    let high = this.points.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.points[middle].t <= t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether no line leads to a point. */
  #breaks(i) {
    return this.points[i].apart === true || this.points[i].t - this.points[i - 1].t > BREAK_MS;
  }

  /** Draws from one point to before another, except across long silences. */
  trace(ctx, view, from, until) {
    if (until - from < 1) return;
    const { scale, left, top, width, height } = view;
    let x = this.xs[from] * scale - left;
    let y = this.ys[from] * scale - top;
    let pen = false;
    ctx.beginPath();
    for (let i = from + 1; i < until; i++) {
      const nextX = this.xs[i] * scale - left;
      const nextY = this.ys[i] * scale - top;
      const breaks = this.#breaks(i);
      const next = i + 1 < until && !this.#breaks(i + 1);
      // Nobody sees a bend within a pixel.
      if (!breaks && next && Math.abs(nextX - x) + Math.abs(nextY - y) < 1) continue;
      const outside = (x < -9 && nextX < -9) || (y < -9 && nextY < -9) || (x > width + 9 && nextX > width + 9) || (y > height + 9 && nextY > height + 9);
      if (breaks || outside) {
        pen = false;
      } else {
        if (!pen) ctx.moveTo(x, y);
        ctx.lineTo(nextX, nextY);
        pen = true;
      }
      x = nextX;
      y = nextY;
    }
    ctx.stroke();
  }

  /** Draws the piece from the point before `until` to a dot. */
  traceTo(ctx, { scale, left, top }, until, { t, x, y }) {
    const last = until - 1;
    if (last < 0 || t - this.points[last].t > BREAK_MS || this.points[until]?.apart) return;
    ctx.beginPath();
    ctx.moveTo(this.xs[last] * scale - left, this.ys[last] * scale - top);
    ctx.lineTo(x * scale - left, y * scale - top);
    ctx.stroke();
  }
}

/** All trails. A view says where the canvas is: scale, left, top, width and height, in its own pixels. */
export class Ways {
  #project;
  #ways = new Map();
  #sheet = null;
  #view = "";
  #isStale = false;

  /** @param project gives where the map shows a point of an id, as x and y at zoom 0 */
  constructor(project) {
    this.#project = project;
  }

  set(id, points) {
    let way = this.#ways.get(id);
    if (!way) this.#ways.set(id, (way = new Way()));
    if (!way.take(points, (point) => this.#project(id, point))) this.#isStale = true;
  }

  remove(id) {
    if (this.#ways.delete(id)) this.#isStale = true;
    if (this.#ways.size === 0) this.#sheet = null;
  }

  /**
   * @param shown gives where the dot of an id is, or undefined
   * @param colourOf gives the colour of an id
   * @param ghost where somebody was, or null; beyond it their trail is faint
   */
  draw(ctx, view, shown, colourOf, ghost) {
    if (this.#ways.size === 0 || view.width === 0 || view.height === 0) return;
    const dots = new Map();
    for (const [id, way] of this.#ways) {
      const dot = shown(id);
      const until = way.until(dot?.t ?? Infinity);
      dots.set(id, { dot, until });
      const isFaint = ghost?.id === id;
      const colour = colourOf(id);
      // Pieces of a faint trail would be darker where they overlap, so it is drawn in one go.
      if (way.colour !== colour || way.isFaint !== isFaint || until < way.drawn || (isFaint && until > way.drawn)) this.#isStale = true;
      way.colour = colour;
      way.isFaint = isFaint;
    }
    this.#bring(view, dots);
    ctx.drawImage(this.#sheet, 0, 0);
    for (const [id, way] of this.#ways) {
      const { dot, until } = dots.get(id);
      pen(ctx, view, way.colour);
      if (!way.isFaint && dot) way.traceTo(ctx, view, until, dot);
      if (way.isFaint) {
        const past = Math.min(until, way.until(ghost.t));
        way.trace(ctx, view, 0, past);
        way.traceTo(ctx, view, past, ghost);
      }
    }
  }

  /** Brings the sheet up to date. */
  #bring(view, dots) {
    const name = `${view.scale} ${view.left} ${view.top} ${view.width} ${view.height}`;
    if (this.#sheet === null) this.#sheet = document.createElement("canvas");
    const sheet = this.#sheet;
    const ctx = sheet.getContext("2d");
    if (this.#isStale || this.#view !== name || sheet.width !== view.width || sheet.height !== view.height) {
      sheet.width = view.width;
      sheet.height = view.height;
      for (const way of this.#ways.values()) way.drawn = 0;
    }
    this.#isStale = false;
    this.#view = name;
    for (const [id, way] of this.#ways) {
      const { until } = dots.get(id);
      if (until === way.drawn) continue;
      pen(ctx, view, way.colour);
      ctx.globalAlpha = way.isFaint ? FAINT : 1;
      way.trace(ctx, view, Math.max(0, way.drawn - 1), until);
      ctx.globalAlpha = 1;
      way.drawn = until;
    }
  }
}

function pen(ctx, { ratio }, colour) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = WIDTH_PX * ratio;
  ctx.lineJoin = ctx.lineCap = "round";
}
