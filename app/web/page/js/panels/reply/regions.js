// @ts-check
/** The regions, each with what is proved of it; one click shows it on the map. */

import { fill, h } from "../../dom.js";
import { percent, points } from "../../pure/format.js";
import { regionKind } from "../../pure/standing.js";
import { language, say, spokenIn, t } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */

const SIGNS = { waiting: "…", optimal: "✓", feasible: "≈", infeasible: "✕", open: "?" };

export class RegionList {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.rows = h("tbody");
    const head = h("tr", {}, h("th", { scope: "col" }, t("regions.region")), h("th", { scope: "col" }, t("regions.proof")), h("th", { scope: "col", class: "number" }, t("regions.points")));
    this.element = h("details", { class: "regions", ontoggle: () => this.show() }, h("summary", {}, t("regions.title")), h("table", {}, h("thead", {}, head), this.rows));
    /** @type {Map<string, HTMLElement[]>} */
    this.cells = new Map();
    store.on("answer", () => this.show());
    this.show();
  }

  show() {
    if (!this.element.open) return;
    const answered = this.store.answer?.regions ?? new Map();
    const names = this.store.scenario.frames?.regions === false ? [...answered.keys()] : this.store.given.regions;
    const known = [...this.cells.keys()];
    if (known.length !== names.length || known.some((name, k) => name !== names[k])) this.build(names);
    for (const name of names) {
      const [proof, score] = this.cells.get(name) ?? [];
      const region = answered.get(name) ?? this.store.answer?.incumbents.get(name);
      const kind = regionKind(region);
      proof.dataset.kind = kind;
      const told = kind === "feasible" && region.gap !== null ? t("regions.gap", { gap: percent(language(), region.gap) }) : t(`regions.${kind}`);
      fill(proof, h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind]), ` ${told}`);
      if (kind === "open" && region.reason) proof.append(h("small", { lang: spokenIn(region.reason) }, ` ${say(region.reason)}`));
      score.textContent = region && region.score_nano !== null ? points(language(), region.score_nano) : "–";
    }
  }

  /** @param {string[]} names */
  build(names) {
    this.cells.clear();
    fill(
      this.rows,
      ...names.map((name) => {
        const [proof, score] = [h("td"), h("td", { class: "number" })];
        this.cells.set(name, [proof, score]);
        const button = h("button", { type: "button", class: "link", title: t("regions.zoom", { name }), onclick: () => this.store.tell("zoom", name) }, name);
        return h("tr", {}, h("th", { scope: "row" }, button), proof, score);
      }),
    );
  }
}
