import { colourPlan } from "../pure/colours.js";
import { boxOf, inside } from "../pure/viewbox.js";
import { Attention } from "./attention.js";
import { Borders } from "./borders.js";
import { Card } from "./card.js";
import { Controls } from "./controls.js";
import { Gestures } from "./gestures.js";
import { Keyboard } from "./keyboard.js";
import { FACTOR } from "./keys.js";
import { Land } from "./land.js";
import { makeLayers } from "./layers.js";
import { LockLayer } from "./locks.js";
import { Names } from "./names.js";
import { OverlayLayer } from "./overlays.js";
import { Patterns } from "./patterns.js";
import { Pinned } from "./pinned.js";
import { Room } from "./room.js";
import { Scale } from "./scale.js";
import { Seats } from "./seats.js";
import { Source } from "./source.js";
import { MapView } from "./view.js";

/**
 * @typedef {import("../pure/types.js").Geometry} Geometry
 * @typedef {import("../pure/types.js").Municipality} Municipality
 * @typedef {import("../pure/types.js").Plan} Plan
 * @typedef {import("../pure/types.js").Overlay} Overlay
 * @typedef {import("../pure/types.js").Texts} Texts
 * @typedef {Plan & {colours: number[]}} ColouredPlan
 */

/** How long names wait, in milliseconds, until the zooming is over. */
const PATIENCE = 90;

/**
 * The map: one element a municipality, which can be reached, named and chosen by keyboard.
 *
 * Events (each a `CustomEvent`): `pick` {index, additive}, where the index is null beside the map; `boxpick`
 * {indices, additive}; `hover` and `focuschange` {index}, null when it ends; `view` {view, own}, `own` where the user
 * moved it here; `menu` {index, x, y}; `patterns` {patterned}.
 */
export class MunicipalityMap extends EventTarget {
  /** @type {Geometry} */
  #geometry = { width: 1, height: 1, generalised: true, source: "", municipalities: [], arcs: [], outside: null };
  /** @type {Municipality[]} */
  #municipalities = [];
  /** @type {string[]} */
  #names = [];
  /** @type {import("../pure/viewbox.js").Box[]} */
  #boxes = [];
  /** @type {ColouredPlan | null} */
  #plan = null;
  /** The last colour of each seat: an answer that comes region by region has no place for all of them. @type {Map<number, number>} */
  #worn = new Map();
  /** @type {Set<number>} */
  #selection = new Set();
  /** @type {Overlay | null} */
  #overlay = null;
  /** @type {import("../pure/types.js").Locks} */
  #locks = {};
  #patterned = false;
  #timer = 0;
  #end = new AbortController();
  #frame = 0;

  /**
   * @param {HTMLElement} container an empty element with a size of its own
   * @param {Texts} t
   */
  constructor(container, t) {
    super();
    this.container = container;
    this.t = t;
    container.classList.add("map");
    this.patterns = new Patterns();
    this.layers = makeLayers(this.patterns);
    const { picture, content, box } = this.layers;
    container.append(picture);
    this.pinned = new Pinned();
    this.land = new Land(this.layers.land, this.layers.hatched, this.patterns);
    this.borders = new Borders(this.layers.borders, this.layers.thin);
    this.locks = new LockLayer(this.layers.locks, this.borders, this.pinned);
    this.overlays = new OverlayLayer(this.layers.overlay, this.borders, this.patterns);
    this.seats = new Seats(this.layers.seats, this.pinned);
    this.names = new Names(this.layers.names, this.pinned);
    this.scale = new Scale(this.layers, this.patterns, this.pinned);
    this.view = new MapView(picture, content, (change) => this.#moved(change));
    this.room = new Room(container, this.view, () => this.#name(), this.#end.signal);
    this.gestures = new Gestures(picture, this.view, box, {
      pick: (index, additive) => this.#pick(index, additive),
      box: (box, additive) => this.#emit("boxpick", { indices: inside(this.#geometry.municipalities, box), additive }),
      hover: (index) => this.attention.hover(index),
      indexOf: (target) => this.land.indexOf(target),
    });
    this.card = new Card(container);
    const { land, layers, card, view } = this;
    const pointOf = (/** @type {number} */ index) => this.#point(index);
    this.keyboard = new Keyboard({
      ...{ land, view, pointOf },
      map: () => ({ points: this.#geometry.municipalities, names: this.#names }),
      neighboursOf: (index) => this.borders.neighbours.get(index) ?? new Set(),
      focus: (index) => this.focus(index),
      pick: (index, additive) => this.#pick(index, additive),
      menu: (index, at) => this.#menu(index, at),
    });
    this.attention = new Attention({
      ...{ land, layers, card, view, pointOf },
      tell: (type, detail) => this.#emit(type, detail),
    });
    this.controls = new Controls(container, {
      zoomIn: () => this.view.zoomBy(FACTOR),
      zoomOut: () => this.view.zoomBy(1 / FACTOR),
      zoomAll: () => this.view.zoomToAll(),
      box: () => this.setBoxes(!this.gestures.boxes),
      patterns: () => {
        this.setPatterns(!this.#patterned);
        this.#emit("patterns", { patterned: this.#patterned });
      },
    });
    this.source = new Source(container);
    this.#listen();
    this.setTexts(t);
    this.setBoxes(false);
    this.setPatterns(false);
  }

  /** React to the window, to keys and to the focus. */
  #listen() {
    const { land, picture } = this.layers;
    const { signal } = this.#end;
    land.addEventListener("focusin", (event) => {
      const index = this.land.indexOf(event.target);
      if (index !== null) this.attention.focusIn(index);
    });
    land.addEventListener("focusout", () => this.attention.focusOut());
    picture.addEventListener("contextmenu", (event) => {
      const index = this.land.indexOf(event.target);
      if (index === null) return;
      event.preventDefault();
      this.#emit("menu", { index, x: event.clientX, y: event.clientY });
    });
    // Wherever the focus is: the pointer may have called the card.
    document.addEventListener("keydown", (event) => this.#escape(event), { signal, capture: true });
    this.container.addEventListener("pointerleave", () => this.attention.hover(null), { signal });
  }

  /** Take the map away: nothing of it is left, and it listens to nothing any more. */
  destroy() {
    this.#end.abort();
    this.attention.end();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.container.replaceChildren();
    this.container.classList.remove("map");
  }

  /**
   * Change the language.
   * @param {Texts} t
   */
  setTexts(t) {
    this.t = t;
    this.layers.land.setAttribute("aria-label", t("map.label"));
    this.controls.write(t);
    this.#describe();
    this.source.write(this.#geometry, this.t);
    this.card.refresh();
  }

  /**
   * Draw other outlines. Plan, locks and selection are kept.
   * @param {Geometry} geometry
   */
  setGeometry(geometry) {
    this.#geometry = geometry;
    const places = geometry.municipalities;
    this.#boxes = places.map(({ path }) => boxOf(path));
    this.layers.outside.setAttribute("d", geometry.outside ?? "");
    this.land.set(geometry);
    this.borders.setArcs(geometry.arcs);
    this.source.write(this.#geometry, this.t);
    this.view.setMap(geometry);
    this.room.fit();
    if (this.#municipalities.length) this.setMunicipalities(this.#municipalities);
    this.#recolour();
    this.seats.clear();
    this.#showSeats();
    this.setLocks(this.#locks);
    this.setOverlay(this.#overlay);
    this.setSelection(this.#selection);
  }

  /** @param {Municipality[]} municipalities in the order of the geometry */
  setMunicipalities(municipalities) {
    this.#municipalities = municipalities;
    this.#names = municipalities.map((one) => one.name);
    this.borders.setRegions(municipalities);
    this.names.set(this.#geometry, municipalities);
    this.#describe();
    this.#arrange();
  }

  /**
   * Show a plan.
   * @param {Plan} plan
   * @param {{previous?: (Plan & {colours: number[]}) | null, borders?: [number, number][]}} [options] `previous` is
   *   the plan whose colours are kept as far as possible, without it the one shown now; `borders` are pairs of
   *   neighbours that may not touch on a generalised map, which get different colours too
   */
  setPlan(plan, { previous = this.#plan, borders = [] } = {}) {
    const colours = plan.colours ?? this.coloursOf(plan, { previous, borders });
    this.#plan = { ...plan, colours };
    plan.seats.forEach((seat, m) => this.#worn.set(seat, colours[m] ?? 0));
    this.#recolour();
    this.borders.setMergers(plan.merger);
    this.#showSeats();
    this.#describe();
    this.#arrange();
    this.card.refresh();
  }

  /** The plan that is shown, with its colours. */
  get plan() {
    return this.#plan;
  }

  /**
   * The colours a plan would be shown in.
   * @param {Plan} plan
   * @param {{previous?: ColouredPlan | null, borders?: [number, number][]}} [options]
   */
  coloursOf(plan, { previous = this.#plan, borders = [] } = {}) {
    return colourPlan(plan, [...this.borders.pairs(), ...borders], previous, this.#worn);
  }

  /** @param {import("../pure/types.js").Locks} locks */
  setLocks(locks) {
    this.#locks = locks;
    this.locks.set(locks, this.#geometry.municipalities);
    this.names.signs = this.locks.marked;
    this.names.otherSigns = this.locks.places;
    this.#describe();
    this.#arrange();
  }

  /** @param {Iterable<number>} selection */
  setSelection(selection) {
    this.#selection = new Set(selection);
    this.land.select(this.#selection);
    const path = this.land.outline(this.#selection);
    for (const line of [this.layers.selectedCasing, this.layers.selected]) line.setAttribute("d", path);
    this.#arrange();
  }

  /**
   * Draw attention to some municipalities, such as those of the row of a table that the pointer is at.
   * @param {Iterable<number> | null} indices
   */
  setHighlight(indices) {
    this.layers.highlighted.setAttribute("d", this.borders.around(new Set(indices ?? [])));
  }

  /**
   * Mark mergers that break a rule.
   * @param {number[][]} groups
   */
  setBroken(groups) {
    this.layers.broken.setAttribute("d", groups.map((group) => this.borders.around(new Set(group))).join(""));
  }

  /** @param {Overlay | null} overlay */
  setOverlay(overlay) {
    this.#overlay = overlay;
    this.overlays.set(overlay, this.#geometry);
    this.container.dataset.overlay = overlay?.kind ?? "none";
    this.#recolour();
  }

  /**
   * Show patterns beside colours.
   * @param {boolean} patterned
   */
  setPatterns(patterned) {
    this.#patterned = patterned;
    this.container.classList.toggle("patterned", patterned);
    this.controls.press("patterns", patterned);
    this.#recolour();
  }

  /**
   * Let a drag draw a box instead of moving the map.
   * @param {boolean} boxes
   */
  setBoxes(boxes) {
    this.gestures.boxes = boxes;
    this.container.classList.toggle("boxes", boxes);
    this.controls.press("box", boxes);
  }

  /** @param {(index: number) => Node | null} content writes the card of a municipality */
  setCard(content) {
    this.card.content = content;
  }

  /** @param {Iterable<number> | null} indices null: the whole map */
  zoomTo(indices) {
    const boxes = indices === null ? [] : [...indices].flatMap((i) => this.#boxes[i] ?? []);
    if (boxes.length) this.view.zoomTo(boxes);
    else this.view.zoomToAll();
  }

  /** What is in view, for another map to show the same. */
  getView() {
    return this.view.shared;
  }

  /** @param {{x: number, y: number, zoom: number}} view of another map */
  setView(view) {
    this.view.setShared(view);
  }

  /**
   * Put the keyboard's focus on a municipality.
   * @param {number} index
   */
  focus(index = this.land.focus) {
    this.land.rove(index);
    this.land.paths[index]?.focus({ preventScroll: true });
  }

  #recolour() {
    this.land.colour(this.#plan, this.#overlay, this.#patterned);
  }

  #describe() {
    this.land.describe(this.#names, this.#plan, this.locks.members, this.t);
  }

  #showSeats() {
    if (this.#plan) this.seats.set(this.#plan, this.#geometry.municipalities);
    this.names.seats = this.seats.joint;
    this.names.singles = this.seats.single;
  }

  /** @param {{zoomed: boolean, own: boolean}} change */
  #moved({ zoomed, own }) {
    if (zoomed) {
      this.scale.set(this.view.view.k);
      this.names.weight = this.scale.weight;
      this.container.classList.toggle("zoomed", this.view.zoom > 1.001);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#arrange(), PATIENCE);
    }
    this.#emit("view", { view: this.view.shared, own });
  }

  /** Choose the names anew, once in a frame. */
  #arrange() {
    this.#frame ||= requestAnimationFrame(() => this.#name());
  }

  #name() {
    this.#frame = 0;
    this.names.arrange(this.view.view.k, this.view.zoom, this.#selection);
  }

  /** The first Escape closes the card; what another one does is up to the page. @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key === "Escape" && this.card.hide()) event.stopPropagation();
  }

  /** @param {number} index @param {{x: number, y: number}} at of the window */
  #menu(index, at) {
    const box = this.layers.picture.getBoundingClientRect();
    this.#emit("menu", { index, x: box.left + at.x, y: box.top + at.y });
  }

  /** @param {number} i */
  #point(i) {
    return this.#geometry.municipalities[i] ?? { x: this.#geometry.width / 2, y: this.#geometry.height / 2 };
  }

  /** @param {number | null} index @param {boolean} additive */
  #pick(index, additive) {
    if (index !== null) this.land.rove(index);
    this.#emit("pick", { index, additive });
  }

  /** @param {string} type @param {object} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
