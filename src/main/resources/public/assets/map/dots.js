// How a runner looks on the map: it draws a picture for each colour, state and direction once, and copies it from then on.

const DIRECTIONS = 32;
const MOST = 2000;
const LONGEST_LABEL = 24;
const LINE_PX = 20;

/** One of the directions that look different, for a heading in degrees; -1 for none. */
export function directionOf(heading) {
  if (!Number.isFinite(heading)) return -1;
  return ((Math.round((heading * DIRECTIONS) / 360) % DIRECTIONS) + DIRECTIONS) % DIRECTIONS;
}

/** Pictures of dots and of their labels, in one set of colours and for one density of pixels. */
export class Dots {
  #colours;
  ratio;
  #dots = new Map();
  #plates = new Map();

  constructor(colours, ratio) {
    this.#colours = colours;
    this.ratio = ratio;
  }

  /**
   * @param radius of a live dot, in CSS pixels; other states look equally large
   * @param direction one of directionOf()
   * @param ringed whether a delayed dot has its dashed ring close by, because its halo is too small
   */
  dot(colour, state, radius, direction, ringed) {
    const key = `${colour} ${state} ${radius} ${direction} ${ringed}`;
    return kept(this.#dots, key, () => {
      const reach = radius + 12;
      return this.#picture(2 * reach, 2 * reach, (ctx) => {
        ctx.translate(reach, reach);
        this.#draw(ctx, colour, state, radius, direction, ringed);
      });
    });
  }

  /** The dot where somebody was; a second one may show where they are. */
  ghost(colour, radius) {
    return kept(this.#dots, `${colour} ghost ${radius}`, () => {
      const reach = radius + 8;
      return this.#picture(2 * reach, 2 * reach, (ctx) => {
        ctx.translate(reach, reach);
        this.#fill(ctx, circle(radius), colour);
        ctx.strokeStyle = this.#colours.ink;
        ctx.stroke(circle(radius + 3));
      });
    });
  }

  /** A name and a note, outlined so that they stay legible on any ground. */
  plate(label, note) {
    return kept(this.#plates, `${label}\n${note}`, () => {
      const name = [...label].length > LONGEST_LABEL ? `${[...label].slice(0, LONGEST_LABEL - 1).join("")}…` : label;
      const { ink, muted } = this.#colours;
      const words = [[name, "600 16px system-ui, sans-serif", ink], [note, "16px system-ui, sans-serif", muted]].filter(([word]) => word);
      const ruler = document.createElement("canvas").getContext("2d");
      let left = 4;
      for (const word of words) {
        ruler.font = word[1];
        word.push(left);
        left += Math.ceil(ruler.measureText(word[0]).width) + 6;
      }
      return this.#picture(left, LINE_PX + 4, (ctx) => {
        ctx.textBaseline = "middle";
        ctx.lineJoin = "round";
        ctx.lineWidth = 4;
        ctx.strokeStyle = this.#colours.ground;
        for (const [word, font, , x] of words) {
          ctx.font = font;
          ctx.strokeText(word, x, LINE_PX / 2 + 2);
        }
        for (const [word, font, colour, x] of words) {
          ctx.font = font;
          ctx.fillStyle = colour;
          ctx.fillText(word, x, LINE_PX / 2 + 2);
        }
      });
    });
  }

  #picture(width, height, draw) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * this.ratio);
    canvas.height = Math.ceil(height * this.ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(this.ratio, this.ratio);
    ctx.lineWidth = 2;
    draw(ctx);
    return canvas;
  }

  #draw(ctx, colour, state, radius, direction, ringed) {
    const { ground, muted, accent, delayed, finish } = this.#colours;
    switch (state) {
      case "sos":
        return this.#fill(ctx, shape([0, -radius - 9], [radius + 8, radius + 3], [-radius - 8, radius + 3]), accent);
      case "silent":
        ctx.fillStyle = ground;
        ctx.fill(circle(radius + 1));
        ctx.lineWidth = 3;
        ctx.strokeStyle = muted;
        return ctx.stroke(circle(radius - 1));
      case "stopped": {
        const square = new Path2D();
        square.roundRect(-radius, -radius, 2 * radius, 2 * radius, 4);
        return this.#fill(ctx, square, colour);
      }
      case "finished":
        this.#fill(ctx, shape([-1, 0], [-1, -radius - 11], [radius + 8, -radius - 5], [1, -radius + 1], [1, 0]), finish);
        return this.#fill(ctx, circle(4), colour);
      default:
        this.#fill(ctx, direction < 0 ? circle(radius) : drop(radius, (direction * 2 * Math.PI) / DIRECTIONS), colour);
        if (!ringed) return undefined;
        ctx.setLineDash([4, 3]);
        ctx.strokeStyle = delayed;
        return ctx.stroke(circle(radius + 5));
    }
  }

  /** Fills a shape and draws a line in the colour of the ground around it, because dots lie on trails and on each other. */
  #fill(ctx, path, colour) {
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = this.#colours.ground;
    ctx.stroke(path);
    ctx.lineWidth = 2;
    ctx.fillStyle = colour;
    ctx.fill(path);
  }
}

/** The picture under that key. When there are too many, all of them go. */
function kept(pictures, key, make) {
  let picture = pictures.get(key);
  if (picture === undefined) {
    if (pictures.size >= MOST) pictures.clear();
    picture = make();
    pictures.set(key, picture);
  }
  return picture;
}

function circle(radius) {
  const path = new Path2D();
  path.arc(0, 0, radius, 0, 2 * Math.PI);
  return path;
}

function shape(...corners) {
  const path = new Path2D();
  for (const corner of corners) path.lineTo(...corner);
  path.closePath();
  return path;
}

/** A circle with a nose, as one shape. The angle runs clockwise from north. */
function drop(radius, angle) {
  const path = new Path2D();
  path.arc(0, 0, radius, angle - Math.PI / 2 + 0.7, angle - Math.PI / 2 - 0.7);
  path.lineTo(Math.sin(angle) * (radius + 7), -Math.cos(angle) * (radius + 7));
  path.closePath();
  return path;
}
