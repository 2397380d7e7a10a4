// @ts-check
/** Score and terms of the plan, beside those of the answer before. */

import { fill, h } from "../../dom.js";
import { number, percent, points, signed } from "../../pure/format.js";
import { termLines, unitTexts, weighedAlike } from "../../pure/terms.js";
import { language, say, spokenIn, t } from "../../texts.js";
import { isSameKind } from "./changes.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/terms.js").TermLine} TermLine */

const DECIMALS = { share: 1, km: 2, count: 0, number: 3 };

export class TermTable {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.score = h("p", { class: "score" });
    this.body = h("div");
    /** @type {any} */
    this.shown = null;
    /** @type {import("../../store.js").Answer | null} */
    this.beside = null;
    this.element = h("section", { class: "terms" }, h("h3", {}, t("terms.title")), this.score, this.body);
    store.on("answer", () => this.show());
    this.show();
  }

  show() {
    const { answer, before } = this.store;
    const whole = answer?.whole;
    if (!whole && answer?.status === "asking") return; // what was there stays until the answer is there
    if (whole && whole === this.shown && before === this.beside) return;
    [this.shown, this.beside] = [whole, before];
    const known = whole && whole.terms.length > 0;
    this.element.hidden = !known;
    if (!known) return;
    // a plan of some regions is not held against one of others
    const isWhole = whole.score_nano !== null && before?.whole?.score_nano !== null;
    const old = before && answer && isWhole && isSameKind(before, answer) ? before.whole : null;
    fill(this.score, ...this.scored(whole, old));
    const lines = termLines(whole.terms, old?.terms ?? []);
    const levels = /** @type {const} */ (["mergers", "zones"]).filter((level) => lines.some((line) => line.level === level));
    fill(this.body, ...levels.map((level) => this.table(lines.filter((line) => line.level === level), level, levels.length > 1, Boolean(old))));
  }

  /**
   * @param {any} whole
   * @param {any} old
   */
  scored(whole, old) {
    const lang = language();
    if (whole.score_nano === null) return [t("terms.partial")];
    const score = t("terms.score", { points: points(lang, whole.score_nano) });
    if (!old || old.score_nano === null || !old.terms.length) return [score];
    if (!weighedAlike(whole.terms, old.terms)) return [score, h("small", {}, `; ${t("terms.otherwise")}`)];
    const gain = (whole.score_nano - old.score_nano) / 1e9;
    const verdict = gain === 0 ? "same" : gain > 0 ? "better" : "worse";
    return [score, ", ", h("span", { class: `verdict ${verdict}` }, verdict === "same" ? t("terms.same") : t(`terms.${verdict}.by`, { change: signed(lang, gain, 2) }))];
  }

  /**
   * @param {TermLine[]} lines
   * @param {"mergers" | "zones"} level
   * @param {boolean} titled
   * @param {boolean} compared
   */
  table(lines, level, titled, compared) {
    const head = ["term", "value", ...(compared ? ["change"] : []), "points"].map((key) =>
      h("th", { scope: "col", class: key === "term" ? null : "number" }, t(`terms.column.${key}`)),
    );
    return h(
      "table",
      {},
      titled ? h("caption", {}, t(`terms.level.${level}`)) : h("caption", { class: "unseen" }, t("terms.title")),
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...lines.map((line) => this.row(line, compared))),
    );
  }

  /**
   * @param {TermLine} line
   * @param {boolean} compared
   */
  row(line, compared) {
    const lang = language();
    const meta = this.store.given.terms.find((/** @type {any} */ one) => one.name === line.name);
    const unit = unitTexts(line.term.unit, meta?.unit);
    const label = meta ? meta.label : { en: line.name, nl: null };
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, h("span", { lang: spokenIn(label) }, say(label)), h("small", { lang: spokenIn(unit) }, say(unit))),
      h("td", { class: "number" }, valueText(line.kind, line.term.value)),
      compared && this.change(line),
      h("td", { class: "number" }, number(lang, line.term.points, 2), compared && line.gain !== null && line.verdict !== "same" && h("small", {}, signed(lang, line.gain, 2))),
    );
  }

  /** @param {TermLine} line */
  change(line) {
    if (line.change === null) return h("td", { class: "number quiet" }, t("terms.new"));
    if (line.verdict === "same") return h("td", { class: "number quiet" }, t("terms.equal"));
    const scale = line.kind === "share" ? 100 : 1;
    const change = signed(language(), line.change * scale, DECIMALS[line.kind]);
    const shown = /[1-9]/.test(change) ? change : t("terms.tiny");
    return h("td", { class: `number verdict ${line.verdict}` }, shown, h("small", {}, t(`terms.${line.verdict}`)));
  }
}

/**
 * Write the value of a term.
 * @param {TermLine["kind"]} kind
 * @param {number} value
 * @returns {string}
 */
export function valueText(kind, value) {
  const lang = language();
  if (kind === "share") return percent(lang, value, 1);
  return kind === "km" ? `${number(lang, value, 2)}\u00a0km` : number(lang, value, DECIMALS[kind]);
}
