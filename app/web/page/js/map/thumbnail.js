import { Borders } from "./borders.js";
import { svg } from "./svg.js";

/**
 * A small map of a plan: a picture of few elements, for lists of alternatives.
 * @param {import("../pure/types.js").Geometry} geometry
 * @param {{merger: number[], colours: number[], standalone: boolean[]}} plan
 * @param {string} name what it shows, for who does not see it
 * @param {Set<number>} [within] only these municipalities, such as one region
 * @returns {SVGSVGElement}
 */
export function thumbnail(geometry, plan, name, within) {
  /** @type {Map<string, string>} */
  const fills = new Map();
  geometry.municipalities.forEach(({ path }, i) => {
    if (within && !within.has(i)) return;
    const merger = plan.merger[i] ?? -1;
    const colour = plan.standalone[i] ? "standalone" : merger < 0 ? "unfilled" : `colour-${plan.colours[merger]}`;
    fills.set(colour, (fills.get(colour) ?? "") + path);
  });
  const borders = new Borders(svg("g"));
  borders.setArcs(geometry.arcs.filter((arc) => !within || within.has(arc.left) || within.has(arc.right)));
  const shown = within ? plan.merger.map((merger, i) => (within.has(i) ? merger : -2)) : plan.merger;
  return svg(
    "svg",
    { class: "map-thumbnail", role: "img", "aria-label": name, viewBox: `-4 -4 ${geometry.width + 8} ${geometry.height + 8}` },
    ...[...fills].map(([colour, d]) => svg("path", { d, class: `map-fill ${colour}` })),
    svg("path", { d: borders.along(shown, { loose: true }), class: "map-line map-merger-line" }),
  );
}
