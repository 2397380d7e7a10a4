// @ts-check
/** The map with its tools, and the place for what is selected. */

import { fill, h } from "../dom.js";
import { legend } from "../map/legend.js";
import { MunicipalityMap } from "../map/map.js";
import { classOverlay, layerOverlay, lockShapes, mapPlan } from "../pure/shown.js";
import { moved } from "../pure/plan.js";
import { say, t } from "../texts.js";
import { cardOf } from "./card.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../pure/types.js").Overlay} Overlay */

export class Stage {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    /** @type {Overlay | null} what another part of the page lays over the map */
    this.laid = null;
    const box = h("div", { class: "map-place" });
    this.legend = h("p", { class: "legend quiet" });
    this.overlays = this.chooser("stage.overlay", this.overlayNames(), (name) => this.choose(name));
    this.regions = this.chooser("stage.region", this.regionNames(), (name) => store.tell("zoom", name || null));
    fill(
      place,
      h("h2", { class: "unseen" }, t("stage.title")),
      h("div", { class: "stage-tools", id: "stage-tools" }, this.regions, this.overlays, this.legend),
      box,
      h("div", { id: "selection" }),
    );
    this.map = new MunicipalityMap(box, t);
    this.map.setGeometry(store.geometry);
    this.map.setMunicipalities(store.given.municipalities.map((/** @type {any} */ one) => ({ name: one.name, region: one.region, population: one.inhabitants })));
    this.map.setCard((index) => cardOf(store, index));
    this.map.setPatterns(store.preferences.patterns);
    store.colouring = (plan) => this.map.coloursOf(plan, { borders: store.given.borders });
    this.listen();
    this.showWork();
    this.showAnswer();
    this.choose(store.preferences.overlay);
  }

  listen() {
    const { store, map } = this;
    store.on("work", () => this.showWork());
    store.on("answer", () => this.showAnswer());
    store.on("preview", () => this.showAnswer());
    store.on("selection", () => map.setSelection(store.selection));
    store.on("preferences", (changed) => "patterns" in changed && map.setPatterns(store.preferences.patterns));
    store.on("zoom", (name) => this.zoom(name));
    store.on("look", (index) => map.focus(index));
    store.on("overlay", (overlay) => this.lay(overlay));
    store.on("setview", (view) => map.setView(view));
    store.on("askview", () => store.tell("view", { view: map.getView(), own: false }));
    store.on("mapplan", (take) => take(map.plan));
    store.on("broken", (groups) => map.setBroken(groups));
    store.on("picking", () => map.container.classList.toggle("picking", Boolean(store.picking)));
    store.on("highlight", (indices) => map.setHighlight(indices));
    map.addEventListener("pick", (event) => {
      const { index, additive } = /** @type {CustomEvent} */ (event).detail;
      if (store.picking && index !== null) store.picking(index);
      else if (index !== null) store.select([index], additive || store.preferences.several);
      else if (!additive) store.select([]);
    });
    map.addEventListener("menu", (event) => store.tell("menu", /** @type {CustomEvent} */ (event).detail.index));
    map.addEventListener("boxpick", (event) => {
      const { indices, additive } = /** @type {CustomEvent} */ (event).detail;
      store.select(indices, additive);
    });
    for (const name of ["hover", "focuschange"]) map.addEventListener(name, (event) => store.point(/** @type {CustomEvent} */ (event).detail.index));
    map.addEventListener("view", (event) => store.tell("view", /** @type {CustomEvent} */ (event).detail));
  }

  /**
   * @param {string} key
   * @param {[string, string][]} names
   * @param {(name: string) => void} chosen
   */
  chooser(key, names, chosen) {
    const select = h("select", { onchange: () => chosen(select.value) }, ...names.map(([value, text]) => h("option", { value }, text)));
    return h("label", {}, h("span", { class: "unseen" }, t(key)), select);
  }

  /** @returns {[string, string][]} */
  regionNames() {
    return [["", t("stage.region.all")], ...this.store.given.regions.map((/** @type {string} */ name) => /** @type {[string, string]} */ ([name, name]))];
  }

  /** @returns {[string, string][]} */
  overlayNames() {
    const { layers } = this.store.given;
    return [
      ["", t("stage.overlay.none")],
      ...layers.map((/** @type {any} */ one) => /** @type {[string, string]} */ ([`layer:${one.key}`, say(one.label)])),
      ["class", t("stage.overlay.class")],
      ["agreement", t("stage.overlay.agreement")],
      ["difference", t("stage.overlay.difference")],
    ];
  }

  /** @param {string} name */
  choose(name) {
    const select = /** @type {HTMLSelectElement} */ (this.overlays.querySelector("select"));
    if (![...select.options].some((one) => one.value === name)) name = "";
    select.value = name;
    if (name !== this.store.preferences.overlay) this.store.prefer({ overlay: name });
    this.laid = null;
    if (name === "agreement") this.store.tell("wanted", "agreement");
    this.showOverlay();
  }

  /** @param {Overlay | null} overlay */
  lay(overlay) {
    this.laid = overlay;
    const select = /** @type {HTMLSelectElement} */ (this.overlays.querySelector("select"));
    select.value = overlay ? (overlay.kind === "layer" || overlay.kind === "class" ? "" : overlay.kind) : this.store.preferences.overlay;
    this.showOverlay();
  }

  showOverlay() {
    const { store } = this;
    const name = store.preferences.overlay;
    /** @type {Overlay | null} */
    let overlay = this.laid;
    if (!overlay && name.startsWith("layer:")) overlay = layerOverlay(store.given, name.slice(6));
    else if (!overlay && name === "class") overlay = classOverlay(store.given);
    else if (!overlay && name === "difference") overlay = this.difference();
    this.map.setOverlay(overlay);
    const waits = name === "agreement" ? t("stage.legend.waiting") : "";
    fill(this.legend, overlay ? legend(overlay, t) : waits);
  }

  /** What is otherwise than in the answer before. @returns {Overlay | null} */
  difference() {
    const { plan, planBefore } = this.store;
    return plan && planBefore ? { kind: "difference", moved: moved(planBefore.mergerOf, plan.mergerOf) } : null;
  }

  showWork() {
    this.map.setLocks(lockShapes(this.store.work.locks));
  }

  showAnswer() {
    const plan = this.store.shownPlan;
    if (plan) this.map.setPlan(mapPlan(plan, this.store.given), { borders: this.store.given.borders });
    this.map.container.classList.toggle("waiting", this.store.answer?.status === "asking");
    if (this.store.preferences.overlay === "difference") this.showOverlay();
  }

  /** @param {string | null} name */
  zoom(name) {
    const select = /** @type {HTMLSelectElement} */ (this.regions.querySelector("select"));
    select.value = name ?? "";
    const region = this.store.given.regions.indexOf(name);
    const members = this.store.given.municipalities.flatMap((/** @type {any} */ one, /** @type {number} */ i) => (one.region === region ? [i] : []));
    this.map.zoomTo(region < 0 ? null : members);
  }
}
