import { linesOf, place } from "../pure/placement.js";
import { set, svg } from "./svg.js";

/**
 * @typedef {import("../pure/types.js").Geometry} Geometry
 * @typedef {import("../pure/types.js").Municipality} Municipality
 * @typedef {import("../pure/types.js").Point} Point
 * @typedef {import("../pure/viewbox.js").Box} Box
 */

/** Sizes of type in pixels, of a seat and of another municipality. They grow a little with zoom. */
const SEAT = 12.5;
const OTHER = 11;

/** Distance of lines, in sizes of type. */
const LINE = 1.12;

/** Half of what stands at a point: a seat's dot, a sign. Names keep a little further away. */
const DOT = 3.5;
const SIGN = 8;
const GAP = 1.5;
const FINE = 0.6;

/** How far names may reach beyond the map, in pixels: less than what is around it when all is in view. */
const EDGE = 12;

/** A name is written where this share of its width fits inside: of a seat's, which may reach into the rest of its
 * merger, of one that is a merger by itself, and of any other. */
const INSIDE = { seat: 0.34, single: 0.6, other: 0.8 };

/** Names of municipalities, as many as fit without overlap: seats first, then the populous. */
export class Names {
  /**
   * @param {SVGGElement} group
   * @param {import("./pinned.js").Pinned} pinned
   */
  constructor(group, pinned) {
    this.group = group;
    this.pinned = pinned;
    /** @type {SVGTextElement[]} */
    this.texts = [];
    /** @type {number[]} width of each name in sizes of its type */
    this.widths = [];
    /** @type {number[]} */
    this.bold = [];
    /** @type {number[]} */
    this.population = [];
    /** Seats of mergers of several municipalities. @type {Set<number>} */
    this.seats = new Set();
    /** Municipalities that are a merger by themselves. @type {Set<number>} */
    this.singles = new Set();
    /** Municipalities that stand at a sign of a lock; their name moves out of its way. @type {Set<number>} */
    this.signs = new Set();
    /** Where other signs stand. @type {Point[]} */
    this.otherSigns = [];
    /** @type {Geometry["municipalities"]} */
    this.places = [];
    this.size = { width: 1, height: 1 };
    /** How wide lines and dots are, from their usual size. */
    this.weight = 1;
    /** Twice the median of the inhabitants. */
    this.large = 1;
  }

  /**
   * @param {Geometry} geometry
   * @param {Municipality[]} municipalities
   */
  set({ municipalities: places, width, height }, municipalities) {
    this.size = { width, height };
    this.pinned.clear(this.group);
    this.group.replaceChildren();
    this.places = places;
    this.population = municipalities.map((one) => one.population ?? 0);
    const sorted = [...this.population].sort((a, b) => a - b);
    this.large = Math.max(2 * (sorted[Math.floor(sorted.length / 2)] ?? 0), 1);
    this.texts = municipalities.map(({ name }) => {
      const text = svg("text", { class: "map-name" });
      for (const line of linesOf(name)) {
        const span = svg("tspan", { x: 0 });
        span.textContent = line;
        text.append(span);
      }
      return text;
    });
    const family = getComputedStyle(this.group).fontFamily || "sans-serif";
    this.widths = measured(municipalities, `100px ${family}`);
    this.bold = measured(municipalities, `600 100px ${family}`);
  }

  /**
   * Choose the names that are written, and their places.
   * @param {number} k scale of the map
   * @param {number} zoom from the whole map
   * @param {Set<number>} always those that are written if at all possible, such as the selected ones
   */
  arrange(k, zoom, always) {
    const grow = Math.min(1 + 0.08 * Math.log2(Math.max(zoom, 1)), 1.3);
    const order = this.places.map((_, i) => i).filter((i) => i < this.texts.length);
    const important = order.map((i) => this.#importance(i) * (always.has(i) ? 1e3 : 1));
    order.sort((a, b) => (important[b] ?? 0) - (important[a] ?? 0) || a - b);
    const wanted = order.flatMap((i) => this.#wish(i, k, grow, always.has(i)));
    const shifts = place(wanted.map(({ wish }) => wish), this.#taken(k), this.#sheet(k));
    /** @type {Set<number>} */
    const shown = new Set();
    wanted.forEach(({ i, size }, n) => {
      const shift = shifts[n];
      if (shift === null || shift === undefined) return;
      shown.add(i);
      this.#write(i, size, shift);
    });
    this.texts.forEach((text, i) => {
      if (shown.has(i) || !text.isConnected) return;
      this.pinned.remove(text);
      text.remove();
    });
  }

  /** @param {number} i */
  #importance(i) {
    const people = (this.population[i] ?? 0) + 1;
    if (this.seats.has(i)) return 10 * people;
    return this.singles.has(i) ? 5 * people : people;
  }

  /**
   * @param {number} i
   * @param {number} k
   * @param {number} grow
   * @param {boolean} always
   */
  #wish(i, k, grow, always) {
    const at = this.places[i];
    if (!at) return [];
    const kind = this.seats.has(i) ? "seat" : this.singles.has(i) ? "single" : "other";
    const size = (kind === "seat" ? SEAT : OTHER) * grow;
    const width = ((kind === "seat" ? this.bold : this.widths)[i] ?? 0) * size;
    // The ellipse around the point is twice as wide as high.
    const inside = (4 * at.room * k) / width;
    // Readers look for the large towns first: their names may reach further.
    const known = Math.sqrt(Math.max((this.population[i] ?? 0) / this.large, 1));
    if (!always && inside < INSIDE[kind] / known) return [];
    const height = size * LINE * (this.texts[i]?.childElementCount ?? 1);
    const marked = this.signs.has(i);
    const half = (marked ? SIGN : DOT) * this.weight + GAP;
    const shifts = kind === "seat" || marked ? beside(width, height, half) : moved(height);
    return [{ i, size, wish: { x: at.x * k, y: at.y * k, width, height, shifts } }];
  }

  /** Boxes of seats and signs, in pixels. @param {number} k @returns {Box[]} */
  #taken(k) {
    const at = (/** @type {Iterable<number>} */ set) => [...set].flatMap((i) => this.places[i] ?? []);
    const box = (/** @type {Point} */ { x, y }, /** @type {number} */ half) => ({
      left: x * k - half,
      right: x * k + half,
      top: y * k - half,
      bottom: y * k + half,
    });
    // On a small map dots are so fine that a name may cover them.
    const dots = this.weight < FINE ? [] : at(this.seats).map((point) => box(point, DOT * this.weight));
    const signs = [...at(this.signs), ...this.otherSigns].map((point) => box(point, SIGN * this.weight));
    return [...dots, ...signs];
  }

  /** What the names may cover: the map and a little around it. @param {number} k @returns {Box} */
  #sheet(k) {
    const { width, height } = this.size;
    return { left: -EDGE, top: -EDGE, right: width * k + EDGE, bottom: height * k + EDGE };
  }

  /** @param {number} i @param {number} size @param {readonly [number, number]} shift of its middle */
  #write(i, size, [dx, dy]) {
    const text = /** @type {SVGTextElement} */ (this.texts[i]);
    const at = /** @type {Point} */ (this.places[i]);
    set(text, "class", this.seats.has(i) ? "map-name map-seat-name" : "map-name");
    set(text, "font-size", size.toFixed(1));
    const lines = [...text.children];
    lines.forEach((line, n) => {
      set(line, "x", dx.toFixed(1));
      set(line, "y", (dy + size * (0.35 + LINE * (n - (lines.length - 1) / 2))).toFixed(1));
    });
    if (text.isConnected) return;
    this.group.append(text);
    this.pinned.add(text, at);
  }
}

/**
 * Places of a name beside a dot: above, below, to the right, to the left.
 * @param {number} width
 * @param {number} height
 * @param {number} gap
 * @returns {[number, number][]}
 */
function beside(width, height, gap) {
  const up = height / 2 + gap;
  const side = width / 2 + gap + 1;
  return [[0, -up], [0, up], [side, 0], [-side, 0], [side / 2, -up], [-side / 2, -up], [side / 2, up], [-side / 2, up]];
}

/** @param {number} height @returns {[number, number][]} */
function moved(height) {
  return [[0, 0], [0, -0.5 * height], [0, 0.5 * height], [0.8 * height, 0], [-0.8 * height, 0]];
}

/**
 * Widths of names in a font of 100 pixels, as a share of its size.
 * @param {Municipality[]} municipalities
 * @param {string} font
 */
function measured(municipalities, font) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return municipalities.map(({ name }) => 0.55 * name.length);
  context.font = font;
  const width = (/** @type {string} */ line) => context.measureText(line).width / 100;
  return municipalities.map(({ name }) => Math.max(...linesOf(name).map(width)));
}
