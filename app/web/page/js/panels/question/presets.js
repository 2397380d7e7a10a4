// @ts-check
/** What one begins from: a preset, and what a plan is made of. */

import { h } from "../../dom.js";
import { differing, presetOf } from "../../pure/scenario.js";
import { say, t, tn } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */

export class Presets {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    const { presets } = store.given;
    this.about = h("p", { class: "quiet", id: "preset-about" });
    this.select = h(
      "select",
      { id: "preset", "aria-describedby": "preset-about", onchange: () => void store.act({ kind: "preset", name: this.select.value }) },
      ...presets.map((/** @type {any} */ one) => h("option", { value: one.key }, say(one.label))),
    );
    this.level = h(
      "select",
      { id: "level", onchange: () => this.setLevel(this.level.value) },
      ...["mergers", "zones", "nested"].map((one) => h("option", { value: one }, t(`choice.level.${one}`))),
    );
    this.changed = h("p", { class: "changed-line" });
    this.element = h(
      "div",
      { class: "presets" },
      h("label", { htmlFor: "preset" }, t("preset.title")),
      this.select,
      this.about,
      this.changed,
    );
    this.levelField = h("div", { class: "field level" }, h("label", { htmlFor: "level" }, t("key.level")), this.level);
  }

  show() {
    const { store } = this;
    const { scenarios, presets } = store.given;
    const name = presetOf(store.scenario, scenarios);
    this.select.value = name;
    this.level.value = store.scenario.level;
    this.about.textContent = say(presets.find((/** @type {any} */ one) => one.key === name)?.about);
    const n = differing(store.scenario, scenarios[name]).length;
    const back = h("button", { type: "button", onclick: () => void store.act({ kind: "preset", name }) }, t("preset.back"));
    this.changed.replaceChildren(...(n ? [tn("preset.changed", n), " ", back] : []));
    this.changed.hidden = n === 0;
  }

  /** @param {string} level */
  setLevel(level) {
    const { scenario } = this.store;
    const nested = scenario.level === "nested";
    /** @type {Record<string, unknown>} */
    const more = level === "nested" && !nested ? { "zones.preset": "zones" } : nested && level !== "nested" ? { zones: null } : {};
    void this.store.act({ kind: "set", key: "level", value: level, more });
  }
}
