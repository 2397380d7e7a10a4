// @ts-check
/** What there is to know of a merger: members, seat, functions, zones that it cuts, how decided it is. */

import { h } from "../../dom.js";
import { list, number, price } from "../../pure/format.js";
import { zonesCut } from "../../pure/rows.js";
import { language, say, spokenIn, t } from "../../texts.js";
import { plainly } from "../../words/clashes.js";
import { standaloneText } from "./merger_row.js";
import { pointing } from "./pointing.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/rows.js").Row} Row */
/** @typedef {import("../../dom.js").Child} Child */

/**
 * @param {Store} store
 * @param {Row} row
 * @param {"mergers" | "zones"} level
 * @returns {HTMLElement[]}
 */
export function mergerDetails(store, row, level) {
  const facts = [
    [t("details.region"), row.region],
    row.members.length > 1 && [t("details.seat"), row.name],
    row.standalone && [t("details.alone"), standaloneText(row.standalone)],
    row.broken.length > 0 && [t("details.broken"), ...row.broken.map((text) => h("div", { lang: spokenIn(text) }, plainly(text)))],
    ...functionLines(store, row),
    ...zoneLines(store, row),
    [t("details.decided"), ...decidedText(store, row, level)],
  ].filter((one) => Array.isArray(one));
  const members = h("ul", { class: "members", "aria-label": t("details.members") }, ...row.members.map((i) => h("li", {}, memberButton(store, i))));
  const pairs = /** @type {Child[][]} */ (facts).flatMap(([term, ...about]) => [h("dt", {}, term), h("dd", {}, ...about)]);
  return [members, h("dl", { class: "facts" }, ...pairs)];
}

/**
 * @param {Store} store
 * @param {number} i
 */
function memberButton(store, i) {
  const { name, inhabitants } = store.given.municipalities[i];
  return h(
    "button",
    {
      type: "button",
      "data-index": i,
      "data-focus": `member ${i}`,
      "aria-pressed": String(store.selection.has(i)),
      title: t("details.member"),
      onclick: () => store.select([i], true),
      ...pointing(store, [i]),
    },
    name,
    h("span", { class: "quiet" }, ` ${number(language(), inhabitants)}`),
  );
}

/**
 * @param {Store} store
 * @param {Row} row
 * @returns {Child[][]}
 */
function functionLines({ given }, row) {
  const lines = given.functions
    .map((/** @type {any} */ one) => ({
      label: say(one.label),
      who: row.members.filter((i) => given.municipalities[i].functions.includes(one.key)).map((i) => given.municipalities[i].name),
    }))
    .filter((/** @type {any} */ one) => one.who.length > 0)
    .map((/** @type {any} */ one) => h("div", {}, `${one.label}: `, list(language(), one.who)));
  return [[t("details.functions"), ...(lines.length ? lines : [t("details.functions.none")])]];
}

/**
 * @param {Store} store
 * @param {Row} row
 * @returns {Child[][]}
 */
function zoneLines({ given, scenario }, row) {
  const asked = JSON.stringify([scenario.weights, scenario.frames, scenario.zones?.weights, scenario.zones?.frames]);
  return given.layers
    .filter((/** @type {any} */ layer) => asked.includes(layer.key))
    .map((/** @type {any} */ layer) => {
      const cut = zonesCut(row.members, given.municipalities, layer.key).map((one) => t("details.zone", { name: one.zone, inside: one.inside, all: one.all }));
      return [t("details.cut", { layer: say(layer.label) }), cut.length ? list(language(), cut) : t("details.cut.none")];
    });
}

/**
 * @param {Store} store
 * @param {Row} row
 * @param {"mergers" | "zones"} level
 * @returns {Child[]}
 */
function decidedText(store, row, level) {
  const { decision } = row;
  if (!decision || decision.status === "not known") return [t(store.answer?.status === "done" ? "decided.unknown" : "decided.waiting")];
  if (decision.status !== "proved") return [t(`decided.${decision.status}.${level}`)];
  if (!decision.price_nano) return [t(`decided.tie.${level}`)];
  const lost = t(`decided.price.${level}`, { points: price(language(), decision.price_nano), region: row.region });
  return [lost, ...(decision.words ? [": ", h("span", { lang: spokenIn(decision.words) }, say(decision.words))] : [])];
}
