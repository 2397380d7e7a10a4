// @ts-check
/** What is printed around the map: title, proof, the mergers as a legend, sources and date. */

import { fill, h } from "../dom.js";
import { swatch } from "../map/samples.js";
import { verdictOf } from "../pure/drawn.js";
import { byName, number, points } from "../pure/format.js";
import { regionKind, standingOf } from "../pure/standing.js";
import { language, t, tn } from "../texts.js";
import { countsText, titleOf, totalOf } from "./reply/badge.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../pure/plan.js").Merger} Merger */

const IN_TABLE = 14; // mergers at most that have a row each; more flow in columns

export class Sheet {
  /**
   * @param {Store} store
   * @param {HTMLElement} stage
   */
  constructor(store, stage) {
    this.store = store;
    this.above = h("div", { class: "sheet sheet-head" });
    this.below = h("div", { class: "sheet" });
    stage.prepend(this.above);
    stage.append(this.below);
    /** @type {string | null} the region that is zoomed to */
    this.region = null;
    store.on("zoom", (name) => (this.region = name));
    window.addEventListener("beforeprint", () => this.write());
  }

  write() {
    const { store } = this;
    const { given, work } = store;
    const plan = store.shownPlan;
    const region = given.regions.indexOf(this.region);
    const isHere = (/** @type {Merger} */ one) => region < 0 || given.municipalities[one.seat].region === region;
    const mergers = (plan?.mergers ?? []).filter(isHere);
    const where = region < 0 ? given.title || given.name : given.regions[region];
    fill(this.above, h("h1", {}, work.title), h("p", {}, [where, this.proof()].filter(Boolean).join(" – ")));
    fill(this.below, this.legend(mergers, plan), h("p", { class: "sheet-source" }, this.source()));
  }

  /** What is known of the plan on the map. */
  proof() {
    const { store } = this;
    const { answer, work, scenario } = store;
    if (work.groups !== null && !store.previewed) {
      const evaluation = answer?.evaluation;
      if (!evaluation) return t("drawing.mark");
      const verdict = verdictOf(evaluation);
      const broken = verdict.final.length + verdict.open.length;
      const said =
        verdict.kind === "broken"
          ? tn("drawing.verdict.broken", broken)
          : t(`drawing.verdict.${verdict.kind}`, { points: points(language(), evaluation.loss_nano ?? 0, 2) });
      return `${t("print.drawn")}: ${said}`;
    }
    const region = this.region ? answer?.regions.get(this.region) : null;
    if (region) {
      const merged = region.mergers.filter((one) => one.members.length > 1).length;
      const score = region.score_nano === null ? [] : [tn("count.mergers", merged), t("badge.points", { points: points(language(), region.score_nano) })];
      return [t(`regions.${regionKind(region)}`), ...score].join(", ");
    }
    const title = titleOf(standingOf(answer, totalOf(store)));
    const whole = answer?.whole;
    if (!whole || whole.score_nano === null) return title;
    return [title, countsText(whole.counts, scenario.level), t("badge.points", { points: points(language(), whole.score_nano) })].join(", ");
  }

  /**
   * The mergers, named after their seats, by region.
   * @param {Merger[]} mergers
   * @param {import("../pure/plan.js").Plan | null} plan
   */
  legend(mergers, plan) {
    const { given } = this.store;
    /** @type {number[]} */
    let colours = [];
    this.store.tell("mapplan", (/** @type {any} */ shown) => (colours = shown?.colours ?? []));
    const compare = byName(language());
    const about = (/** @type {Merger} */ one) => {
      const names = one.members.filter((i) => i !== one.seat).map((i) => given.municipalities[i].name).sort(compare);
      const colour = colours[plan?.mergers.indexOf(one) ?? -1];
      const sign = swatch(one.standalone ? "standalone" : colour === undefined ? "unfilled" : `colour-${colour}`);
      return { sign, seat: given.municipalities[one.seat].name, names: names.join(", "), people: number(language(), one.inhabitants) };
    };
    const row = (/** @type {Merger} */ one) => {
      const { sign, seat, names, people } = about(one);
      return h("tr", {}, h("td", {}, sign), h("th", { scope: "row" }, seat), h("td", {}, names), h("td", { class: "number" }, people));
    };
    const item = (/** @type {Merger} */ one) => {
      const { sign, seat, names, people } = about(one);
      return h("li", {}, sign, " ", h("b", {}, seat), `, ${names}`, h("span", { class: "people" }, ` ${people}`));
    };
    const merged = mergers.filter((one) => one.members.length > 1).sort((a, b) => compare(given.municipalities[a.seat].name, given.municipalities[b.seat].name));
    const alone = mergers.filter((one) => one.members.length === 1).map((one) => given.municipalities[one.seat].name).sort(compare);
    const single = alone.length ? h("p", { class: "sheet-alone" }, h("b", {}, t("print.alone")), ` ${alone.join(", ")}`) : null;
    if (merged.length > IN_TABLE) return h("div", { class: "sheet-legend flowing" }, h("ul", {}, ...merged.map(item)), single);
    const columns = merged.length > 5 ? 2 : 1;
    const size = Math.ceil(merged.length / columns);
    const tables = Array.from({ length: columns }, (_, k) => h("table", {}, h("tbody", {}, ...merged.slice(k * size, (k + 1) * size).map(row))));
    return h(
      "div",
      { class: `sheet-legend columns-${columns}` },
      ...tables,
      single,
    );
  }

  source() {
    const { given } = this.store;
    const date = new Intl.DateTimeFormat(language() === "nl" ? "nl-BE" : "en-GB", { dateStyle: "long" }).format(new Date());
    return [t("print.seat"), given.sources.join("; "), t("print.made", { program: `refzones ${given.program}`, date })].filter(Boolean).join(". ");
  }
}
