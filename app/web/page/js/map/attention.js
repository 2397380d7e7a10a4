/**
 * What the pointer and the keyboard are at: its outline, and the card that tells of it.
 *
 * @typedef {object} Around what there is on the map
 * @property {import("./land.js").Land} land
 * @property {ReturnType<typeof import("./layers.js").makeLayers>} layers
 * @property {import("./card.js").Card} card
 * @property {import("./view.js").MapView} view
 * @property {(index: number) => import("../pure/types.js").Point} pointOf
 * @property {(type: "hover" | "focuschange", detail: {index: number | null}) => void} tell
 */

/** Milliseconds that the pointer rests on a municipality before its card comes: a card hides some of the map. */
const REST = 300;

export class Attention {
  /** @param {Around} around */
  constructor(around) {
    this.around = around;
    /** @type {number | null} */
    this.hovered = null;
    this.timer = 0;
  }

  /** @param {number | null} index */
  hover(index) {
    if (index === this.hovered) return;
    this.hovered = index;
    const { land, layers, card, tell } = this.around;
    layers.hovered.setAttribute("d", index === null ? "" : land.outline([index]));
    clearTimeout(this.timer);
    card.hide();
    if (index !== null) this.timer = setTimeout(() => this.#showCard(index), REST);
    tell("hover", { index });
  }

  /** @param {number} index */
  focusIn(index) {
    const { land, view, pointOf, tell } = this.around;
    land.rove(index);
    // A click gives the focus too, but needs no ring.
    const visible = land.paths[index]?.matches(":focus-visible") ?? false;
    this.#ring(visible ? land.outline([index]) : "");
    if (visible) {
      view.reveal(pointOf(index));
      this.#showCard(index);
    }
    tell("focuschange", { index });
  }

  /** Nothing more is shown. */
  end() {
    clearTimeout(this.timer);
  }

  focusOut() {
    this.#ring("");
    if (this.hovered === null) this.around.card.hide();
    this.around.tell("focuschange", { index: null });
  }

  /** @param {string} path */
  #ring(path) {
    const { focused, focusCasing } = this.around.layers;
    for (const line of [focusCasing, focused]) line.setAttribute("d", path);
  }

  /** Show the card where the place is not. @param {number} index */
  #showCard(index) {
    const { card, view, pointOf } = this.around;
    card.show(index, view.toWindow(pointOf(index)).x < view.size.width / 2);
  }
}
