// @ts-check
/** A row of the table of mergers, and what unfolds below it. */

import { fill, h } from "../../dom.js";
import { number, points, price } from "../../pure/format.js";
import { has, language, t } from "../../texts.js";
import { mergerDetails } from "./merger_details.js";
import { pointing } from "./pointing.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/rows.js").Row} Row */

export class MergerRow {
  /**
   * @param {Store} store
   * @param {Row} row
   * @param {Set<number>} open seats of the mergers that are unfolded
   * @param {"mergers" | "zones"} level
   */
  constructor(store, row, open, level) {
    this.store = store;
    this.row = row;
    this.print = JSON.stringify(row);
    this.open = open;
    this.level = level;
    this.fold = h("button", {
      type: "button",
      class: "fold",
      "aria-expanded": "false",
      "aria-label": t("mergers.unfold", { name: row.name }),
      "data-focus": `fold ${row.seat}`,
      onclick: () => this.unfold(!open.has(row.seat)),
    });
    const others = row.members.length - 1;
    this.button = h(
      "button",
      { type: "button", class: "link", "aria-pressed": "false", title: t("mergers.pick"), "data-focus": `name ${row.seat}`, onclick: () => store.select(row.members) },
      row.name,
      others > 0 && h("span", { class: "quiet" }, ` +${others}`),
    );
    const lang = language();
    this.line = h(
      "tr",
      { class: "merger", ...pointing(store, row.members) },
      h("th", { scope: "row" }, this.fold, this.button, row.broken.length > 0 && h("span", { class: "broken", title: t("mergers.broken") }, h("span", { "aria-hidden": "true" }, " ⚠"), h("span", { class: "unseen" }, t("mergers.broken")))),
      h("td", { class: "number" }, number(lang, row.inhabitants)),
      h("td", { class: "number" }, row.members.length),
      h("td", { class: "number" }, points(lang, row.score_nano)),
      h("td", { class: "number" }, decidedShort(row.decision)),
    );
    this.inside = h("td", { colSpan: 5 });
    this.below = h("tr", { class: "details", hidden: true }, this.inside);
    this.elements = [this.line, this.below];
    this.unfold(open.has(row.seat));
    this.mark();
  }

  /** Whether this is the row as it would be made anew.
   * @param {Row} row
   * @param {"mergers" | "zones"} level
   */
  is(row, level) {
    return level === this.level && JSON.stringify(row) === this.print;
  }

  /** @param {boolean} unfolded */
  unfold(unfolded) {
    this.fold.setAttribute("aria-expanded", String(unfolded));
    this.fold.textContent = unfolded ? "▾" : "▸";
    this.below.hidden = !unfolded;
    if (unfolded) this.open.add(this.row.seat);
    else this.open.delete(this.row.seat);
    fill(this.inside, ...(unfolded ? mergerDetails(this.store, this.row, this.level) : []));
    this.mark();
  }

  /** Show which municipalities are selected. */
  mark() {
    const { selection } = this.store;
    this.button.setAttribute("aria-pressed", String(this.row.members.every((i) => selection.has(i))));
    for (const one of this.inside.querySelectorAll("button[data-index]")) {
      one.setAttribute("aria-pressed", String(selection.has(Number(/** @type {HTMLElement} */ (one).dataset.index))));
    }
  }
}

/**
 * How decided a merger is, in a number or two words.
 * @param {Row["decision"]} decision
 * @returns {string}
 */
export function decidedShort(decision) {
  if (!decision || decision.status === "not known") return "–";
  if (decision.status === "proved") return price(language(), decision.price_nano ?? 0);
  return t(`decided.${decision.status}.short`);
}

/**
 * Say by which rule a municipality stands alone.
 * @param {string} rule
 * @returns {string}
 */
export const standaloneText = (rule) => (has(`standalone.${rule}`) ? t(`standalone.${rule}`) : rule);
