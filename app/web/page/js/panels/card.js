// @ts-check
/** The card of a municipality: who lives there, what it has, where it belongs, and its merger. */

import { h } from "../dom.js";
import { number, points } from "../pure/format.js";
import { language, say, t, tn } from "../texts.js";

/** @typedef {import("../store.js").Store} Store */

/**
 * @param {Store} store
 * @param {number} index
 * @returns {HTMLElement}
 */
export function cardOf(store, index) {
  const { given, shownPlan: plan } = store;
  const one = given.municipalities[index];
  const label = (/** @type {any[]} */ named, /** @type {string} */ key) => say(named.find((each) => each.key === key)?.label) || key;
  /** @type {[string, string][]} */
  const rows = [
    [t("card.inhabitants"), number(language(), one.inhabitants)],
    [t("card.region"), given.regions[one.region]],
  ];
  if (one.equipment) rows.push([t("card.class"), label(given.classes, one.equipment)]);
  if (one.functions.length) rows.push([t("card.functions"), one.functions.map((/** @type {string} */ key) => label(given.functions, key)).join(", ")]);
  for (const layer of given.layers) if (one.zones[layer.key]) rows.push([say(layer.label), one.zones[layer.key]]);
  return h(
    "div",
    { class: "card" },
    h("h3", {}, one.name),
    one.facility ? h("p", { class: "quiet" }, t("card.facility")) : null,
    one.merged_in ? h("p", { class: "quiet" }, t("card.merged", { year: one.merged_in })) : null,
    h("dl", {}, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    plan ? merger(store, plan, index) : null,
  );
}

/**
 * @param {Store} store
 * @param {import("../pure/plan.js").Plan} plan
 * @param {number} index
 * @returns {HTMLElement | null}
 */
function merger(store, plan, index) {
  const own = plan.mergers[plan.mergerOf[index] ?? -1];
  if (!own) return h("p", { class: "quiet" }, t("card.unassigned"));
  const { municipalities } = store.given;
  if (own.members.length === 1) return h("p", {}, own.standalone ? t("card.alone.rule") : t("card.alone"));
  const others = own.members.filter((/** @type {number} */ i) => i !== own.seat).map((/** @type {number} */ i) => municipalities[i].name);
  return h(
    "div",
    {},
    h("h4", {}, t("card.merger", { seat: municipalities[own.seat].name })),
    h("p", {}, tn("card.with", others.length, { names: others.join(", ") })),
    h("p", { class: "quiet" }, t("card.sum", { people: number(language(), own.inhabitants), points: points(language(), own.score_nano) })),
  );
}
