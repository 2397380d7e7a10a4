// @ts-check
/** A price in words. */

import { significant } from "../pure/format.js";
import { rounded } from "../pure/weights.js";
import { has, language, say, spokenIn, t } from "../texts.js";
import { h } from "../dom.js";

/** @typedef {import("../prices.js").Price} Price */

const NANO = 1e9;

/**
 * Say what a lock costs in a few words.
 * @param {Price} price
 * @returns {string}
 */
export function priceText(price) {
  if (price.status !== "priced" || price.cost_nano === null) return has(`price.${price.status}`) ? t(`price.${price.status}`) : say(price.text);
  const points = significant(language(), rounded(Math.abs(price.cost_nano) / NANO, 3));
  const said = price.cost_nano === 0 ? t("price.nothing") : t(price.cost_nano > 0 ? "price.costs" : "price.gains", { points });
  return price.proved ? said : t("price.unproved", { said });
}

/**
 * Whether a price is good, bad or neither.
 * @param {Price} price
 * @returns {"free" | "costs" | "gains" | "impossible" | "other"}
 */
export function priceKind(price) {
  if (price.status === "priced") return price.cost_nano === 0 ? "free" : (price.cost_nano ?? 0) > 0 ? "costs" : "gains";
  return price.status === "no plan with it" || price.status === "contradiction" ? "impossible" : "other";
}

/**
 * A price with what it amounts to.
 * @param {Price} price
 * @returns {HTMLElement}
 */
export function priceLine(price) {
  return h(
    "span",
    { class: `price ${priceKind(price)}` },
    h("b", {}, priceText(price)),
    price.words ? h("span", { class: "quiet", lang: spokenIn(price.words) }, ` ${say(price.words)}`) : null,
    price.status === "contradiction" ? h("span", { class: "quiet", lang: spokenIn(price.text) }, ` ${say(price.text)}`) : null,
  );
}
