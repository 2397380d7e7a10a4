import { OverlayLayer } from "./overlays.js";
import { set, svg } from "./svg.js";

/**
 * @typedef {import("../pure/types.js").Geometry} Geometry
 * @typedef {import("../pure/types.js").Plan} Plan
 * @typedef {import("../pure/types.js").Overlay} Overlay
 * @typedef {import("../pure/types.js").Texts} Texts
 */

/** The municipalities: one element each, which has a name, can be chosen, and can have the focus. */
export class Land {
  /**
   * @param {SVGGElement} group
   * @param {SVGPathElement} hatched over those that stand alone by rule
   * @param {import("./patterns.js").Patterns} patterns
   */
  constructor(group, hatched, patterns) {
    this.group = group;
    this.hatched = hatched;
    this.patterns = patterns;
    /** @type {SVGPathElement[]} */
    this.paths = [];
    /** @type {string[]} */
    this.outlines = [];
    /** The one that Tab leads to. */
    this.focus = 0;
  }

  /** @param {Geometry} geometry */
  set({ municipalities }) {
    this.outlines = municipalities.map(({ path }) => path);
    this.focus = Math.min(this.focus, Math.max(municipalities.length - 1, 0));
    this.paths = this.outlines.map((d, i) => {
      const tabindex = i === this.focus ? 0 : -1;
      return svg("path", { d, role: "option", tabindex, "aria-selected": "false", "data-index": i });
    });
    this.group.replaceChildren(...this.paths);
  }

  /** The outlines of some, as one path. @param {Iterable<number>} indices */
  outline(indices) {
    return [...indices].map((i) => this.outlines[i] ?? "").join("");
  }

  /**
   * Which municipality an event was at.
   * @param {EventTarget | null} target
   * @returns {number | null}
   */
  indexOf(target) {
    const index = target instanceof SVGElement ? target.dataset.index : undefined;
    return index === undefined ? null : Number(index);
  }

  /** @param {number} index the one that Tab leads to from now on */
  rove(index) {
    this.paths[this.focus]?.setAttribute("tabindex", "-1");
    this.paths[index]?.setAttribute("tabindex", "0");
    this.focus = index;
  }

  /** @param {Set<number>} selection */
  select(selection) {
    this.paths.forEach((path, i) => set(path, "aria-selected", String(selection.has(i))));
  }

  /**
   * Give each municipality the class of its fill; only what changes is touched.
   * @param {(Plan & {colours: number[]}) | null} plan
   * @param {Overlay | null} overlay
   * @param {boolean} patterned
   */
  colour(plan, overlay, patterned) {
    /** @type {number[]} */
    const hatched = [];
    this.paths.forEach((path, i) => {
      const laid = OverlayLayer.fill(overlay, i);
      const colour = plan?.colours[plan.merger[i] ?? -1];
      const own = plan?.standalone[i] ? "standalone" : colour === undefined ? "unfilled" : `colour-${colour}`;
      if (!laid && own === "standalone") hatched.push(i);
      set(path, "class", `map-fill ${laid || own}`);
      const pattern = patterned && !laid && own.startsWith("colour") && colour !== undefined;
      set(path, "fill", pattern ? this.patterns.fill(colour) : null);
    });
    set(this.hatched, "d", this.outline(hatched));
  }

  /**
   * Say of each municipality what it is called and where it belongs.
   * @param {string[]} names
   * @param {Plan | null} plan
   * @param {ReadonlySet<number>} locked those about which something is agreed
   * @param {Texts} t
   */
  describe(names, plan, locked, t) {
    const counts = plan ? sizes(plan) : [];
    this.paths.forEach((path, i) => {
      const name = names[i] ?? "";
      const merger = plan?.merger[i] ?? -1;
      const seat = names[plan?.seats[merger] ?? -1] ?? "";
      const count = counts[merger] ?? 0;
      let text = name;
      if (merger >= 0 && count > 1) text = t("map.inMerger", { name, seat, count });
      else if (plan?.standalone[i]) text = t("map.standalone", { name });
      else if (merger >= 0) text = t("map.onItsOwn", { name });
      else if (plan) text = t("map.unassigned", { name });
      set(path, "aria-label", locked.has(i) ? t("map.agreed", { text }) : text);
    });
  }
}

/**
 * How many municipalities each merger has.
 * @param {Plan} plan
 */
export function sizes(plan) {
  const counts = plan.seats.map(() => 0);
  for (const m of plan.merger) if (m >= 0) counts[m] = (counts[m] ?? 0) + 1;
  return counts;
}
