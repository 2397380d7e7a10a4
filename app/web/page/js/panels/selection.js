// @ts-check
/** The bar below the map: who is selected, what can be asked of them, and what it would cost. */

import { fill, h } from "../dom.js";
import { making, removing } from "../pure/agreed.js";
import { list, number } from "../pure/format.js";
import { language, say, spokenIn, t, tn } from "../texts.js";
import en from "../../texts/en/selection.js";
import nl from "../../texts/nl/selection.js";
import { Finder } from "./selection/finder.js";
import { Quote } from "./selection/quote.js";
import { isLocked, offered, Reasons } from "./selection/wishes.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../pure/agreed.js").LockKind} LockKind */

const NAMED = 4;
const NOBODY = { kind: "nothing selected", text: { en: en["selection.nobody"], nl: nl["selection.nobody"] }, municipalities: [], between: [] };

/** Reasons that another rule could give way to: whoever asks all the same is told which, and by how much. */
const ASKABLE = new Set(["above the maximum", "not connected", "frame", "lock", "contradiction", "stands alone by rule"]);

export class SelectionBar {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    this.reasons = new Reasons(store);
    this.quote = new Quote(store, (lock, codes) => void this.make(lock, codes), (lock) => this.go(lock));
    const { municipalities, regions } = store.given;
    this.finder = new Finder(
      municipalities.map((/** @type {any} */ one) => one.name),
      (index) => regions[municipalities[index].region],
      (index, additive) => this.found(index, additive),
    );
    this.who = h("p", { class: "who" });
    this.several = h("input", { type: "checkbox", onchange: () => store.prefer({ several: this.several.checked }) });
    this.clear = h("button", { type: "button", class: "plain", onclick: () => store.select([]) }, t("selection.clear"));
    this.merger = h("button", { type: "button", class: "plain", onclick: () => store.select(this.around?.members ?? []) }, t("selection.merger"));
    /** What is asked at the nested level: mergers, or zones. */
    this.levels = h(
      "select",
      { "aria-label": t("levels.title"), onchange: () => (this.quote.close(), this.show()) },
      h("option", { value: "" }, t("levels.mergers")),
      h("option", { value: "zones" }, t("levels.zones")),
    );
    this.wishes = h("div", { class: "wishes", role: "group", "aria-label": t("selection.wishes") });
    this.why = h("p", { class: "why", id: "why-not" });
    place.classList.add("selection-bar");
    fill(
      place,
      h("div", { class: "selection-head" }, this.finder.element, this.who, this.merger, this.clear, h("label", { class: "tick several", title: t("selection.several.title") }, this.several, t("selection.several"))),
      h("div", { class: "wish-row" }, this.levels, this.wishes),
      h("div", { class: "above" }, this.quote.element, this.why),
    );
    this.shown = "";
    store.on("selection", () => (this.quote.close(), this.show()));
    store.on("menu", (index) => this.offer(index));
    store.on("work", () => this.show());
    store.on("answer", () => this.show());
    store.on("preferences", (changed) => "several" in changed && (this.several.checked = store.preferences.several));
    this.show();
  }

  get selection() {
    return [...this.store.selection].sort((a, b) => a - b);
  }

  /** @returns {import("../pure/agreed.js").Level} */
  get level() {
    return this.store.scenario.level === "nested" && this.levels.value === "zones" ? "zones" : "";
  }

  get names() {
    const names = this.selection.map((i) => this.store.given.municipalities[i].name);
    const shown = names.length > NAMED ? [...names.slice(0, NAMED - 1), t("step.more", { n: names.length - NAMED + 1 })] : names;
    return list(language(), shown);
  }

  /**
   * Put the focus on the button of a wish.
   * @param {LockKind} kind
   */
  go(kind) {
    /** @type {HTMLElement | null} */ (this.wishes.querySelector(`[data-wish="${kind}"]`))?.focus();
  }

  /**
   * Go to what can be asked of a municipality, with the others of the selection where it is one of them.
   * @param {number | null} index
   */
  offer(index) {
    if (index !== null && !this.store.selection.has(index)) this.store.select([index]);
    this.wishes.querySelector("button")?.focus();
  }

  show() {
    const { store, selection } = this;
    this.several.checked = store.preferences.several;
    const around = this.around;
    this.levels.hidden = store.scenario.level !== "nested";
    this.clear.hidden = selection.length === 0;
    this.merger.hidden = !around || around.members.length < 2 || around.members.every((i) => store.selection.has(i));
    const people = selection.reduce((sum, i) => sum + store.given.municipalities[i].inhabitants, 0);
    if (selection.length) fill(this.who, h("b", {}, this.names), h("span", { class: "quiet" }, ` ${tn("selection.sum", selection.length, { n: selection.length, people: number(language(), people) })}`));
    else fill(this.who, h("span", { class: "quiet" }, t("selection.hint")));
    this.build();
    if (selection.length) void this.reasons.ask(this.level, () => this.build());
  }

  /** Make the buttons where they are otherwise than before; the one that has the focus keeps it. */
  build() {
    const { selection } = this;
    const { locks, zone_locks: zones } = this.store.work;
    const shown = JSON.stringify([selection, this.level, locks, zones, this.reasons.reasons]);
    if (shown === this.shown) return;
    this.shown = shown;
    const before = this.wishes.contains(document.activeElement) ? document.activeElement?.getAttribute("data-wish") : null;
    fill(this.wishes, ...offered(this.store.given, selection).map((kind) => this.wish(kind)));
    if (before) /** @type {HTMLElement | null} */ (this.wishes.querySelector(`[data-wish="${before}"]`))?.focus();
    this.tellWhy(this.usualReason());
  }

  /** The reason that is shown where no button is pointed at: why several cannot be together.
   * @returns {LockKind | null}
   */
  usualReason() {
    return this.selection.length > 1 && this.reasons.reasons.together && !isLocked(this.store.work, "together", this.selection, this.level) ? "together" : null;
  }

  /**
   * Why a lock cannot be chosen; while that is asked, what shows at once.
   * @param {LockKind} kind
   * @returns {import("./selection/wishes.js").WhyNot | null}
   */
  reason(kind) {
    return this.selection.length ? (this.reasons.reasons[kind] ?? null) : NOBODY;
  }

  /** @param {LockKind} kind */
  wish(kind) {
    const { store, selection } = this;
    const locked = isLocked(store.work, kind, selection, this.level);
    const reason = locked ? null : this.reason(kind);
    const name = t(locked ? `wish.${kind}.remove` : `wish.${kind}`);
    const show = () => this.tellWhy(reason ? kind : this.usualReason());
    const button = h(
      "button",
      {
        type: "button",
        "data-wish": kind,
        class: locked ? "locked" : "",
        "aria-disabled": reason ? "true" : null,
        "aria-describedby": reason ? "why-not" : null,
        title: reason ? say(reason.text) : t(`wish.${kind}.title`),
        onmouseenter: show,
        onmouseleave: () => this.tellWhy(this.usualReason()),
        onfocus: show,
        onclick: () => (reason ? this.tellWhy(kind) : locked ? void this.unmake(kind) : void this.make(kind, store.selectedCodes)),
      },
      name,
    );
    if (locked || reason) return h("span", { class: "wish-pair" }, button);
    const price = h("button", { type: "button", class: "ask-price", "data-wish": `${kind}-price`, "aria-label": t("quote.ask.of", { wish: name }), title: t("quote.ask.of", { wish: name }), onclick: () => void this.quote.ask(kind, this.names, this.level) }, t("quote.ask"));
    return h("span", { class: "wish-pair" }, button, price);
  }

  /** The merger or zone in which the first of the selection is. */
  get around() {
    const plan = this.store.plan;
    const [first] = this.selection;
    if (!plan || first === undefined) return undefined;
    return this.level ? plan.zones[plan.zoneOf[first] ?? -1] : plan.mergers[plan.mergerOf[first] ?? -1];
  }

  /** @param {LockKind | null} kind */
  tellWhy(kind) {
    const reason = kind ? this.reason(kind) : null;
    this.why.hidden = !reason;
    if (!reason || !kind) return;
    const { between } = reason;
    const names = list(
      language(),
      between.map((i) => this.store.given.municipalities[i].name),
    );
    fill(
      this.why,
      h("b", {}, `${t(`wish.${kind}`)}: `),
      h("span", { lang: spokenIn(reason.text) }, say(reason.text)),
      ASKABLE.has(reason.kind) ? h("button", { type: "button", class: "plain", onclick: () => void this.make(kind, this.store.selectedCodes) }, t("selection.anyway")) : null,
      between.length ? h("button", { type: "button", class: "plain", onclick: () => this.store.select([...this.selection, ...between]) }, t("selection.between", { names })) : null,
    );
  }

  /**
   * @param {LockKind} kind
   * @param {string[]} codes
   */
  async make(kind, codes) {
    this.quote.close();
    for (const action of making(kind, codes, this.level)) if (!(await this.store.act(action))) return;
  }

  /** @param {LockKind} kind */
  async unmake(kind) {
    const codes = this.store.selectedCodes;
    const single = kind === "alone" || kind === "seat" || kind === "joined";
    for (const group of single ? codes.map((code) => [code]) : [codes]) if (!(await this.store.act(removing(kind, group, this.level)))) return;
  }

  /**
   * @param {number} index
   * @param {boolean} additive
   */
  found(index, additive) {
    const { store } = this;
    const adds = (additive || store.preferences.several) && !store.selection.has(index);
    store.select([index], adds);
    store.tell("zoom", store.given.regions[store.given.municipalities[index].region]);
  }
}
