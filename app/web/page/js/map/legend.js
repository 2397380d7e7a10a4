import { sample, swatch } from "./samples.js";
import { fillOf, SCALE } from "./overlays.js";

/**
 * What the lines and fills of an overlay mean: samples with their texts, to be put in a paragraph.
 * @param {import("../pure/types.js").Overlay} overlay
 * @param {import("../pure/types.js").Texts} t
 * @returns {Node[]}
 */
export function legend(overlay, t) {
  if (overlay.kind === "layer") return [entry(t("map.legend.zone"), sample("zone"))];
  if (overlay.kind === "difference") return [entry(overlay.label ?? t("map.legend.moved"), sample("moved"))];
  if (overlay.kind === "agreement") {
    return /** @type {const} */ ([0, 1, 2, 3, 4]).map((step) =>
      entry(t(`map.legend.agreement.${step}`), sample(`agreement-${step}`)),
    );
  }
  const steps = Math.min(overlay.classes, SCALE);
  const fills = Array.from({ length: steps }, (_, value) => swatch(fillOf(value, steps)));
  return [entry(t("map.legend.least")), entry(t("map.legend.most"), ...fills)];
}

/**
 * @param {string} text
 * @param {...SVGSVGElement} samples before it
 */
function entry(text, ...samples) {
  const one = document.createElement("span");
  one.className = "map-entry";
  one.append(...samples, text);
  return one;
}
