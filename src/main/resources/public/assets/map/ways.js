// The trails on the map. They are drawn on a sheet of their own, which is kept until the view or a trail changes; only
// the last piece, up to the dot, is drawn with every frame.

import { BREAK_MS } from "./measure.js";

const WIDTH_PX = 4;
const FAINT = 0.35;

/** One trail: its points, and where they are on the map at zoom 0. */
class Way {
  points = [];
  xs = [];
  ys = [];
  /** How many of its points are on the sheet. */
  drawn = 0;
  colour = "";
  isFaint = false;

  /** Takes the points; says whether they only go on from those before. */
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

  /** How many of its points are not later than a moment. */
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

  /** Draws from one point to before another; it is not drawn across a long silence, where nobody knows it. */
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
      const breaks = this.points[i].t - this.points[i - 1].t > BREAK_MS;
      const next = i + 1 < until && this.points[i + 1].t - this.points[i].t <= BREAK_MS;
      // What is nearer than a pixel to the one before is no bend that anybody sees.
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

  /** Draws the piece from its point before `until` to where a dot is shown. */
  traceTo(ctx, { scale, left, top }, until, { t, x, y }) {
    const last = until - 1;
    if (last < 0 || t - this.points[last].t > BREAK_MS) return;
    ctx.beginPath();
    ctx.moveTo(this.xs[last] * scale - left, this.ys[last] * scale - top);
    ctx.lineTo(x * scale - left, y * scale - top);
    ctx.stroke();
  }
}

/** All trails. A view is where the canvas is: scale, left, top, width and height, in its own pixels. */
export class Ways {
  #project;
  #ways = new Map();
  #sheet = null;
  #view = "";
  #isStale = false;

  constructor(project) {
    this.#project = project;
  }

  set(id, points) {
    let way = this.#ways.get(id);
    if (!way) this.#ways.set(id, (way = new Way()));
    if (!way.take(points, this.#project)) this.#isStale = true;
  }

  remove(id) {
    if (this.#ways.delete(id)) this.#isStale = true;
    if (this.#ways.size === 0) this.#sheet = null;
  }

  /**
   * @param shown where the dot of an id is shown, or undefined
   * @param colourOf the colour of an id
   * @param ghost where somebody was, or null: only up to there is his trail drawn in full
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
      // Pieces that overlap would be darker where a faint trail goes on, so it is drawn as one.
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

  /** Brings the sheet up to what is to be seen. */
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
