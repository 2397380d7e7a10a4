import { around, fit, kept, shared, toMap, toWindow, unshared, zoomed } from "../pure/viewbox.js";

/**
 * @typedef {import("../pure/types.js").Point} Point
 * @typedef {import("../pure/viewbox.js").Box} Box
 * @typedef {import("../pure/viewbox.js").View} View
 */

/** Pixels around the map when all of it is in view. */
const PADDING = 14;

/** Pixels around what was zoomed to. */
const WIDE = 18;

/** Width of the map on paper, in pixels of a screen: names are as large and as many as on a screen that wide. */
const PAPER = 1250;

/** How high a map on paper may be, from its width: below it there is a list. */
const HIGH = 0.45;

/**
 * Which part of the map is in view. Only the transform of one group changes: paths are never laid out again.
 */
export class MapView {
  /**
   * @param {SVGSVGElement} picture
   * @param {SVGGElement} content
   * @param {(change: {zoomed: boolean, own: boolean}) => void} changed called after each change, `own` where the
   *   user made it here
   */
  constructor(picture, content, changed) {
    this.picture = picture;
    this.content = content;
    this.changed = changed;
    this.size = { width: 1, height: 1 };
    this.map = { width: 1, height: 1 };
    /** What was zoomed to, as long as nobody moves on. @type {Box | null} */
    this.target = null;
    /** @type {View} */
    this.home = { x: 0, y: 0, k: 1 };
    /** @type {View} */
    this.view = this.home;
  }

  /** How much larger than the whole map it is drawn. */
  get zoom() {
    return this.view.k / this.home.k;
  }

  /** @param {{width: number, height: number}} map */
  setMap(map) {
    this.map = map;
    this.home = this.#fitted({ left: 0, top: 0, right: map.width, bottom: map.height }, PADDING);
    this.#show(this.home, false);
  }

  /** @param {{width: number, height: number}} size of the window */
  setSize(size) {
    const at = shared(this.view, this.size, this.home);
    this.size = size;
    this.picture.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    this.home = this.#fitted({ left: 0, top: 0, right: this.map.width, bottom: this.map.height }, PADDING);
    this.#show(this.target ? this.#towards(this.target) : unshared(at, size, this.home), false, true);
  }

  /**
   * The size of a window on paper: as high as what is shown needs.
   * @param {number} share of the paper's width
   */
  paper(share) {
    const wide = PAPER * share;
    const { left, top, right, bottom } = this.target ?? { left: 0, top: 0, right: this.map.width, bottom: this.map.height };
    if (!this.target && this.zoom > 1.001) return { width: wide, height: Math.round((wide * this.size.height) / this.size.width) };
    const height = ((wide - 2 * PADDING) * (bottom - top)) / (right - left) + 2 * PADDING;
    return { width: wide, height: Math.round(Math.min(height, wide * HIGH)) };
  }

  /** @param {number} factor @param {Point} [at] of the window; its middle when left out */
  zoomBy(factor, at = { x: this.size.width / 2, y: this.size.height / 2 }) {
    this.#show(zoomed(this.view, factor, at, this.home), true);
  }

  /** @param {number} dx @param {number} dy in pixels */
  panBy(dx, dy) {
    this.#show({ ...this.view, x: this.view.x + dx, y: this.view.y + dy }, true);
  }

  zoomToAll() {
    this.#show(this.home, true);
  }

  /** @param {Box[]} boxes */
  zoomTo(boxes) {
    const target = around(boxes);
    this.#show(this.#towards(target), true);
    this.target = target;
  }

  /** @param {Box} target */
  #towards(target) {
    const middle = { x: this.size.width / 2, y: this.size.height / 2 };
    return zoomed(this.#fitted(target, WIDE), 1, middle, this.home);
  }

  /**
   * Bring a point into view where it is not.
   * @param {Point} point of the map
   * @param {number} margin
   */
  reveal(point, margin = 40) {
    const { x, y } = toWindow(this.view, point);
    const right = this.size.width - margin;
    const bottom = this.size.height - margin;
    const dx = x < margin ? margin - x : x > right ? right - x : 0;
    const dy = y < margin ? margin - y : y > bottom ? bottom - y : 0;
    if (dx || dy) this.panBy(dx, dy);
  }

  /** What is in the middle, and how large: the same for two maps that show the same. */
  get shared() {
    return shared(this.view, this.size, this.home);
  }

  /** @param {{x: number, y: number, zoom: number}} at */
  setShared(at) {
    this.target = null;
    this.#show(unshared(at, this.size, this.home), false);
  }

  /** @param {Point} point of the window @returns {Point} of the map */
  toMap(point) {
    return toMap(this.view, point);
  }

  /** @param {Point} point of the map @returns {Point} of the window */
  toWindow(point) {
    return toWindow(this.view, point);
  }

  /** @param {Box} box @param {number} padding */
  #fitted(box, padding) {
    return fit(box, this.size, Math.min(padding, this.size.width / 8, this.size.height / 8));
  }

  /** @param {View} view @param {boolean} own @param {boolean} [always] */
  #show(view, own, always = false) {
    if (own) this.target = null;
    const next = kept(view, this.map, this.size, this.home);
    const old = this.view;
    if (!always && next.k === old.k && next.x === old.x && next.y === old.y) return;
    this.view = next;
    this.content.setAttribute("transform", `translate(${next.x} ${next.y}) scale(${next.k})`);
    this.changed({ zoomed: always || next.k !== old.k, own });
  }
}
