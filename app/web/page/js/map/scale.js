/** Pixels a unit at which lines have the widths that the style sheet says. */
const FULL = 1.25;

/** The steps in which widths change. */
const STEPS = 20;

/** What follows the scale of the map, so that it keeps its size in the window or nearly so. */
export class Scale {
  /**
   * @param {ReturnType<typeof import("./layers.js").makeLayers>} layers
   * @param {import("./patterns.js").Patterns} patterns
   * @param {import("./pinned.js").Pinned} pinned
   */
  constructor({ thin, borders, overlay, seats, locks }, patterns, pinned) {
    this.weighted = [thin, borders, overlay, seats, locks];
    this.patterns = patterns;
    this.pinned = pinned;
    /** How wide lines and dots are, from their usual size. */
    this.weight = 1;
  }

  /** @param {number} k pixels a unit */
  set(k) {
    this.patterns.scale(k);
    this.pinned.scale(k);
    // Half as wide on a phone, a little wider from near by.
    const weight = Math.round(STEPS * Math.min(Math.max((k / FULL) ** 0.6, 0.45), 1.5)) / STEPS;
    if (weight === this.weight) return;
    this.weight = weight;
    // Set where it is used and not on the whole map, whose hundreds of elements would all be styled again.
    for (const one of this.weighted) one.style.setProperty("--map-weight", String(weight));
  }
}
