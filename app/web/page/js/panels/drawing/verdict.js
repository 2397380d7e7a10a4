// @ts-check
/** How the drawn plan stands: who has no place yet, rules that it breaks, what it lacks to the best plan. */

import { fill, h } from "../../dom.js";
import { verdictOf } from "../../pure/drawn.js";
import { list, percent, points } from "../../pure/format.js";
import { language, say, spokenIn, t, tn } from "../../texts.js";
import { valueText } from "../reply/terms.js";
import { termLines } from "../../pure/terms.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/drawn.js").Broken} Broken */

const SIGNS = { unfinished: "…", broken: "✕", waiting: "…", best: "✓", known: "≈", less: "≈" };
const LISTED = 40;

export class DrawnVerdict {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.box = h("div");
    this.element = h("section", { class: "drawing-verdict" }, this.box);
    this.table = h("details", { class: "drawing-terms" });
    this.spoken = "";
    store.on("answer", () => this.show());
    store.on("work", () => this.show());
    this.show();
  }

  show() {
    const evaluation = this.store.answer?.evaluation;
    if (!this.store.work.groups || !evaluation) return;
    const verdict = verdictOf(evaluation);
    const { kind, unassigned, final, open } = verdict;
    const title = this.title(evaluation, kind, [...final, ...open].length);
    fill(
      this.box,
      h("div", { class: "badge", "data-kind": { unfinished: "open", broken: "infeasible", waiting: "asking", best: "optimal", known: "feasible", less: "feasible" }[kind] },
        h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind]),
        h("div", { class: "words" }, h("strong", {}, title), ...this.about(evaluation, verdict)),
      ),
      unassigned.length ? h("button", { type: "button", onclick: () => this.store.select(unassigned) }, tn("drawing.unassigned.select", unassigned.length)) : null,
      this.rules("drawing.broken", final),
      this.rules("drawing.open", open),
    );
    this.terms(evaluation);
    if (title !== this.spoken) this.store.tell("spoken", title);
    this.spoken = title;
  }

  /**
   * @param {any} evaluation
   * @param {string} kind
   * @param {number} broken
   */
  title(evaluation, kind, broken) {
    if (kind === "broken") return tn("drawing.verdict.broken", broken);
    if (kind === "less") return t("drawing.verdict.less", { points: points(language(), evaluation.loss_nano, 2) });
    return t(`drawing.verdict.${kind}`);
  }

  /**
   * @param {any} evaluation
   * @param {import("../../pure/drawn.js").Verdict} verdict
   */
  about(evaluation, { kind, unassigned, regions }) {
    const lang = language();
    const lines = [];
    if (unassigned.length) lines.push(h("p", {}, tn("drawing.unassigned", unassigned.length, { regions: list(lang, regions) })));
    else if (regions.length) lines.push(h("p", {}, t("drawing.regions", { regions: list(lang, regions) })));
    if (kind === "broken" && evaluation.loss_nano !== null)
      lines.push(h("p", {}, t(evaluation.loss_nano > 0 ? "drawing.less" : "drawing.more", { points: points(lang, Math.abs(evaluation.loss_nano), 2) })));
    if (evaluation.words && evaluation.loss_nano > 0) lines.push(h("p", { lang: spokenIn(evaluation.words) }, t("drawing.words", { words: say(evaluation.words) })));
    if ((kind === "less" || kind === "known") && evaluation.gap !== null) lines.push(h("p", {}, t("drawing.gap", { gap: percent(lang, evaluation.gap, 2) })));
    return lines;
  }

  /**
   * @param {string} key
   * @param {Broken[]} rules
   */
  rules(key, rules) {
    if (!rules.length) return null;
    const items = rules.slice(0, LISTED).map((rule) => {
      const about = rule.municipalities.length ? rule.municipalities : rule.merger;
      const select = () => this.store.select(about);
      return h("li", {}, about.length ? h("button", { type: "button", class: "link", lang: spokenIn(rule.text), onclick: select }, say(rule.text)) : say(rule.text));
    });
    if (rules.length > LISTED) items.push(h("li", {}, t("step.more", { n: rules.length - LISTED })));
    return h("div", { class: "drawing-rules" }, h("h3", {}, t(key)), h("ul", {}, ...items));
  }

  /** @param {any} evaluation */
  terms(evaluation) {
    this.table.hidden = !evaluation.terms.length;
    if (this.table.hidden) return;
    const { given } = this.store;
    const row = (/** @type {any} */ line) => {
      const meta = given.terms.find((/** @type {any} */ one) => one.name === line.name);
      const best = line.term.value - (line.change ?? 0);
      const cells = [line.term.value, best].map((value) => h("td", { class: "number" }, valueText(line.kind, value)));
      return h("tr", {}, h("th", { scope: "row" }, meta ? say(meta.label) : line.name), ...cells);
    };
    const head = ["term", "drawn", "best"].map((key) => h("th", { scope: "col", class: key === "term" ? null : "number" }, t(`drawing.column.${key}`)));
    const lines = termLines(evaluation.terms, evaluation.best_terms).map(row);
    fill(this.table, h("summary", {}, t("drawing.terms")), h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...lines)));
  }
}
