// @ts-check
/** A comparison in words and figures: score, terms, rules, who moves. */

import { h } from "../../dom.js";
import { percent, points } from "../../pure/format.js";
import { termLines } from "../../pure/terms.js";
import { language, say, spokenIn, t, tn } from "../../texts.js";
import { moveText, seatTexts, summaryText } from "../../words/changes.js";
import { valueText } from "../reply/terms.js";

/** @typedef {import("../../store.js").Store} Store */

const LISTED = 60;

/**
 * @param {Store} store
 * @param {any} told
 * @param {string} name of the other plan
 * @returns {HTMLElement[]}
 */
export function comparisonParts(store, told, name) {
  const { given } = store;
  const [mine, other] = told.plans;
  const all = told.regions.length === given.regions.length;
  const alike = t("compare.alike", { alike: percent(language(), Math.floor(1000 * told.alike) / 1000, 1) });
  return [
    ...(all ? [] : [h("p", { class: "quiet" }, t("compare.regions", { regions: told.regions.join(", ") }))]),
    ...told.notes.map((/** @type {any} */ note) => h("p", { class: "quiet", lang: spokenIn(note) }, say(note))),
    h("p", {}, scored(mine.score_nano, other.score_nano, name), told.words ? h("span", { lang: spokenIn(told.words) }, ` (${say(told.words)})`) : null, "."),
    table(given, mine, other, name),
    ...rules(mine, other, name),
    h("h3", {}, t("compare.moves")),
    h("p", {}, told.changes.moves.length ? `${summaryText(told.changes)}. ${alike}` : summaryText(told.changes)),
    moves(store, told.changes),
  ];
}

/**
 * @param {number} mine
 * @param {number} other
 * @param {string} name
 */
function scored(mine, other, name) {
  const change = points(language(), Math.abs(other - mine), 2);
  return t(other === mine ? "compare.same" : other > mine ? "compare.more" : "compare.less", { name, points: change });
}

/**
 * @param {any} given
 * @param {any} mine
 * @param {any} other
 * @param {string} name
 */
function table(given, mine, other, name) {
  const lines = termLines(other.terms, mine.terms).map((line) => {
    const meta = given.terms.find((/** @type {any} */ one) => one.name === line.name);
    const value = line.term.value;
    const verdict = line.verdict === "same" || !line.verdict ? null : h("small", {}, t(`terms.${line.verdict}`));
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, meta ? say(meta.label) : line.name),
      h("td", { class: "number" }, valueText(line.kind, value - (line.change ?? 0))),
      h("td", { class: `number verdict ${line.verdict}` }, valueText(line.kind, value), verdict),
    );
  });
  const head = [t("compare.term"), t("compare.this"), name].map((text, k) => h("th", { scope: "col", class: k ? "number" : null }, text));
  return h("table", {}, h("caption", {}, t("compare.terms")), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...lines));
}

/**
 * @param {any} mine
 * @param {any} other
 * @param {string} name
 */
function rules(mine, other, name) {
  return [[t("compare.this"), mine], [name, other]].flatMap(([title, plan]) => {
    if (!plan.broken.length) return [];
    const items = plan.broken.slice(0, LISTED).map((/** @type {any} */ text) => h("li", { lang: spokenIn(text) }, say(text)));
    if (plan.broken.length > LISTED) items.push(h("li", {}, t("step.more", { n: plan.broken.length - LISTED })));
    return [h("details", {}, h("summary", {}, tn("compare.broken", plan.broken.length, { name: title })), h("ul", {}, ...items))];
  });
}

/**
 * @param {Store} store
 * @param {any} changes
 */
function moves(store, changes) {
  const { given } = store;
  const items = changes.moves.slice(0, LISTED).map((/** @type {any} */ move) => {
    const look = h("button", { type: "button", class: "link", onclick: () => store.select(move.municipalities) }, moveText(move, given));
    look.addEventListener("pointerenter", () => store.tell("highlight", move.municipalities));
    look.addEventListener("pointerleave", () => store.tell("highlight", null));
    return h("li", {}, look);
  });
  if (changes.moves.length > LISTED) items.push(h("li", {}, t("step.more", { n: changes.moves.length - LISTED })));
  return h("ul", {}, ...items, ...seatTexts(changes, given).map((text) => h("li", {}, text)));
}
