// @ts-check
/** What is asked: preset, locks, weights, bounds and rules; at the nested level for mergers and for zones. */

import { fill, h } from "../dom.js";
import { t } from "../texts.js";
import { BoundsPart } from "./question/bounds.js";
import { Form } from "./question/form.js";
import { FramesPart } from "./question/frames.js";
import { LocksPart } from "./question/locks.js";
import { Presets } from "./question/presets.js";
import { Rules } from "./question/rules.js";
import { Weights } from "./question/weights.js";

/** @typedef {import("../store.js").Store} Store */

export class Question {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    this.presets = new Presets(store);
    this.locks = new LocksPart(store);
    /** @type {"" | "zones."} what the parts below are about */
    this.prefix = "";
    this.built = "";
    /** @type {{ element: HTMLElement, show: () => void }[]} */
    this.parts = [];
    this.levels = h("div", { class: "levels", role: "radiogroup", "aria-label": t("levels.title") });
    this.inside = h("div", { class: "question-parts" });
    fill(place, h("h2", {}, t("question.title")), this.presets.element, this.locks.element, this.levels, this.inside);
    store.on("work", () => this.show());
    this.show();
  }

  show() {
    const { level } = this.store.scenario;
    if (level !== "nested") this.prefix = "";
    const built = `${level} ${this.prefix}`;
    if (built !== this.built) this.build();
    this.built = built;
    this.levels.hidden = level !== "nested";
    this.presets.show();
    this.locks.show();
    this.parts.forEach((part) => part.show());
  }

  build() {
    const form = new Form(this.store, this.prefix);
    this.parts = [new BoundsPart(form), new Weights(form), new Rules(form), new FramesPart(form, this.prefix === "" ? this.presets.levelField : null)];
    fill(this.inside, ...this.parts.map((part) => part.element));
    fill(this.levels, ...[this.levelChoice("", "levels.mergers"), this.levelChoice("zones.", "levels.zones")]);
  }

  /**
   * @param {"" | "zones."} prefix
   * @param {string} text
   */
  levelChoice(prefix, text) {
    const box = h("input", {
      type: "radio",
      name: "asked-level",
      checked: prefix === this.prefix,
      onchange: () => {
        this.prefix = prefix;
        this.show();
        /** @type {HTMLElement | null} */ (this.levels.querySelector("input:checked"))?.focus();
      },
    });
    return h("label", {}, box, t(text));
  }
}
