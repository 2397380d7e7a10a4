import { svg } from "./svg.js";

/**
 * What a sample shows.
 * @typedef {"together" | "apart" | "alone" | "kept" | "seat" | "added" | "removed" | "merger" | "region" | "zone"
 *   | "moved" | "agreement-0" | "agreement-1" | "agreement-2" | "agreement-3" | "agreement-4"} Line
 */

const ACROSS = "M3 9H25";

/** @type {Record<Line, [string, string][]>} paths with their classes, from below to above */
const LINES = {
  together: [[ACROSS, "map-link-casing"], [ACROSS, "map-link"]],
  apart: [["M3 9H25", "map-wall-casing"], ["M3 9H25", "map-wall"], ["M3 9H25", "map-wall-joints"]],
  alone: [],
  kept: [["M4 4H24V14H4Z", "map-frame-casing"], ["M4 4H24V14H4Z", "map-frame"], ["M4 4H24V14H4Z", "map-frame-inner"]],
  seat: [["M14 1L16.2 6.1 21.6 6.5 17.5 10.1 18.7 15.5 14 12.6 9.3 15.5 10.5 10.1 6.4 6.5 11.8 6.1Z", "map-star"]],
  added: [[ACROSS, "map-bridge-casing"], [ACROSS, "map-bridge"], [ACROSS, "map-bridge-inner"]],
  removed: [[ACROSS, "map-cut"], ["M10 5L18 13M18 5L10 13", "map-cut-cross"]],
  merger: [[ACROSS, "map-merger-line"]],
  region: [[ACROSS, "map-region-line"]],
  zone: [[ACROSS, "map-zone-casing"], [ACROSS, "map-zone"]],
  moved: [["M2 16L12 2M9 16L19 2M16 16L26 2", "map-moved-mark"]],
  "agreement-0": [[ACROSS, "map-agreement-0"]],
  "agreement-1": [[ACROSS, "map-agreement-1"]],
  "agreement-2": [[ACROSS, "map-agreement-2"]],
  "agreement-3": [[ACROSS, "map-agreement-3"]],
  "agreement-4": [[ACROSS, "map-thin"]],
};

/**
 * A small picture of a line or a sign of the map, for lists and legends. The text beside it says what it is.
 * @param {Line} kind
 * @returns {SVGSVGElement}
 */
export function sample(kind) {
  const marks = LINES[kind].map(([d, name]) => {
    const filled = name === "map-star";
    return svg("path", { d, class: filled ? name : `map-line ${name}` });
  });
  const signs = [];
  if (kind === "together") for (const cx of [4.5, 23.5]) signs.push(svg("circle", { cx, cy: 9, r: 4, class: "map-knot" }));
  if (kind === "alone") signs.push(svg("circle", { cx: 14, cy: 9, r: 6.5, class: "map-ring" }));
  return framed(...marks, ...signs);
}

/**
 * A small field in the fill of a class, such as `colour-3`, `scale-2`, `standalone` or `unfilled`.
 * @param {string} fill
 * @returns {SVGSVGElement}
 */
export function swatch(fill) {
  return framed(svg("rect", { width: 28, height: 18, class: `map-fill ${fill}` }));
}

/** @param {...SVGElement} marks */
function framed(...marks) {
  return svg("svg", { class: "map-sample", viewBox: "0 0 28 18", "aria-hidden": "true" }, ...marks);
}
