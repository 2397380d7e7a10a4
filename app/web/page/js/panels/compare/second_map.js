// @ts-check
/** The second map: another plan beside the one that is shown, zoomed alike. */

import { byId, h } from "../../dom.js";
import { MunicipalityMap } from "../../map/map.js";
import { list } from "../../pure/format.js";
import { planOf } from "../../pure/plan.js";
import { mapPlan } from "../../pure/shown.js";
import { language, t } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/plan.js").Merger} Merger */
/** @typedef {import("../../pure/plan.js").Plan} Plan */

export class SecondMap {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.stage = byId("stage");
    const first = this.stage.querySelector(".map-place");
    if (!(first instanceof HTMLElement)) throw new Error("the page has no map");
    this.first = first;
    this.names = ["compare.this", ""].map((key) => h("p", { class: "which-map" }, key && t(key)));
    this.box = h("div", { class: "map-place second" });
    /** @type {MunicipalityMap | null} */
    this.map = null;
    /** @type {Plan | null} */
    this.plan = null;
    store.on("selection", () => this.map?.setSelection(store.selection));
    store.on("view", ({ view }) => this.isOpen && this.map?.setView(view));
    store.on("preferences", (changed) => "patterns" in changed && this.map?.setPatterns(store.preferences.patterns));
  }

  get isOpen() {
    return this.box.isConnected;
  }

  /**
   * Show a plan on it.
   * @param {string} name
   * @param {Merger[]} mergers
   * @param {Set<number> | null} moved those that are marked
   * @param {MunicipalityMap["plan"]} shown the plan on the first map, whose colours are taken over
   */
  show(name, mergers, moved, shown) {
    const { store } = this;
    this.open();
    this.plan = planOf([/** @type {any} */ ({ mergers, zones: [] })], store.given.municipalities.length);
    if (this.names[1]) this.names[1].textContent = name;
    this.map?.setPlan(mapPlan(this.plan, store.given), { previous: shown, borders: store.given.borders });
    this.map?.setOverlay(moved ? { kind: "difference", moved } : null);
    this.map?.setSelection(store.selection);
  }

  open() {
    if (this.isOpen) return;
    this.stage.classList.add("two");
    this.first.after(this.box);
    this.first.append(this.names[0] ?? "");
    this.map ??= this.make();
    this.box.append(this.names[1] ?? "");
    this.store.tell("askview");
  }

  make() {
    const { store } = this;
    const map = new MunicipalityMap(this.box, t);
    map.setGeometry(store.geometry);
    map.setMunicipalities(store.given.municipalities.map((/** @type {any} */ one) => ({ name: one.name, region: one.region, population: one.inhabitants })));
    map.setPatterns(store.preferences.patterns);
    map.setCard((index) => this.card(index));
    map.addEventListener("pick", (event) => {
      const { index, additive } = /** @type {CustomEvent} */ (event).detail;
      if (index !== null) store.select([index], additive || store.preferences.several);
      else if (!additive) store.select([]);
    });
    map.addEventListener("view", (event) => {
      const { view, own } = /** @type {CustomEvent} */ (event).detail;
      if (own) store.tell("setview", view);
    });
    return map;
  }

  /** @param {number} index */
  card(index) {
    const { municipalities } = this.store.given;
    const merger = this.plan?.mergers[this.plan.mergerOf[index] ?? -1];
    const others = (merger?.members ?? []).filter((i) => i !== index).map((i) => municipalities[i].name);
    return h("div", {}, h("strong", {}, municipalities[index].name), h("p", {}, others.length ? t("compare.with", { who: list(language(), others) }) : t("compare.alone")));
  }

  close() {
    this.stage.classList.remove("two");
    this.box.remove();
    this.names.forEach((name) => name.remove());
  }
}
