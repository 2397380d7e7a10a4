// @ts-check
/** Bounds: inhabitants of a merger, hard or soft, and how many mergers a region has. */

import { h } from "../../dom.js";
import { boundsWith } from "../../pure/reading.js";
import { t } from "../../texts.js";
import { numberInput } from "./fields.js";
import { resetButton, section, written } from "./form.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("../../pure/reading.js").Bounds} Bounds */

const STEP = 1000;
const MANY = 50; // mergers of a region, where no most is asked

export class BoundsPart {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    /** @type {(() => void)[]} */
    this.shown = [];
    this.section = section("bounds.title", window.innerHeight > 1000, this.people(), this.numbers(), this.target());
    this.element = this.section.element;
  }

  show() {
    this.shown.forEach((show) => show());
    const { min, max } = this.bounds;
    const keys = ["population.min", "population.max", "population.floor", "population.ceiling", "count.min", "count.max", "count.regions", "size.target"];
    this.section.digest(`${written(min)}–${written(max)}`, keys.filter((key) => this.form.isChanged(key)).length);
  }

  /** @returns {Bounds} */
  get bounds() {
    return this.form.value("population");
  }

  /**
   * @param {keyof Bounds} key
   * @param {number | null} value
   */
  set(key, value) {
    const { [`population.${key}`]: own, ...others } = boundsWith(this.bounds, key, value);
    const isSoft = others["population.floor"] != null || others["population.ceiling"] != null || (own !== null && (key === "floor" || key === "ceiling"));
    const price = this.form.value("weights.shortfall") === undefined && isSoft ? { "weights.shortfall": this.form.usual("weights.shortfall") ?? 0.00002 } : {};
    void this.form.set(`population.${key}`, own, { ...others, ...price });
  }

  people() {
    const reset = resetButton(this.form, ["population.min", "population.max", "population.floor", "population.ceiling"], t("bounds.people", this.form.words), () => {
      const { min, max } = /** @type {Bounds} */ (this.form.usual("population"));
      return `${written(min)} – ${written(max)}`;
    });
    this.shown.push(reset.show);
    return h(
      "fieldset",
      { class: "field" },
      h("legend", {}, t("bounds.people", this.form.words), reset.element),
      h("div", { class: "pair" }, t("bounds.from"), this.bound("min"), t("bounds.to"), this.bound("max")),
      this.soft("floor", "min"),
      this.soft("ceiling", "max"),
    );
  }

  /** @param {"min" | "max"} key */
  bound(key) {
    const input = numberInput({ label: t(`key.population.${key}`), step: STEP, value: () => this.bounds[key], take: (value) => this.set(key, value) });
    this.shown.push(input.show);
    return input.element;
  }

  /**
   * A soft bound: a tick, and how far it goes.
   * @param {"floor" | "ceiling"} key
   * @param {"min" | "max"} bound
   */
  soft(key, bound) {
    const away = key === "floor" ? -1 : 1;
    const box = h("input", {
      type: "checkbox",
      onchange: () => this.set(key, box.checked ? (this.form.usual(`population.${key}`) ?? Math.max(0, this.bounds[bound] + away * 10 * STEP)) : null),
    });
    const input = numberInput({ label: t(`key.population.${key}`), step: STEP, value: () => this.bounds[key], take: (value) => this.set(key, value) });
    const about = h("p", { class: "quiet" }, t("bounds.soft"));
    this.shown.push(() => {
      const soft = this.bounds[key] !== null;
      box.checked = soft;
      input.element.hidden = !soft;
      about.hidden = !soft;
      input.show();
    });
    return h("div", { class: "soft" }, h("div", { class: "pair" }, h("label", { class: "tick" }, box, t(`bounds.${key}`)), input.element), about);
  }

  numbers() {
    const { form } = this;
    const reset = resetButton(form, ["count.min", "count.max", "count.regions"], t("bounds.count", form.words));
    this.shown.push(reset.show);
    const least = numberInput({
      label: t("key.count.min"),
      step: 1,
      value: () => form.value("count.min"),
      take: (value) => void form.set("count.min", value, value !== null && value > (form.value("count.max") ?? value) ? { "count.max": value } : {}),
    });
    const most = numberInput({
      label: t("key.count.max"),
      step: 1,
      optional: true,
      placeholder: t("bounds.any"),
      value: () => form.value("count.max"),
      take: (value) => void form.set("count.max", value, value !== null && value < form.value("count.min") ? { "count.min": value } : {}),
    });
    this.shown.push(least.show, most.show);
    return h(
      "fieldset",
      { class: "field" },
      h("legend", {}, t("bounds.count", form.words), reset.element),
      h("div", { class: "pair few" }, t("bounds.least"), least.element, t("bounds.most"), most.element),
      h("p", { class: "quiet" }, t("bounds.count.about")),
      h("details", { class: "by-region" }, h("summary", {}, t("bounds.regions")), ...form.store.given.regions.map((/** @type {string} */ name) => this.region(name))),
    );
  }

  /** @param {string} name */
  region(name) {
    const { form } = this;
    const key = `count.regions.${name}`;
    /** @returns {[number, number] | null} */
    const pair = () => form.value("count.regions")?.[name] ?? null;
    /**
     * @param {number} k
     * @param {number | null} value
     */
    const take = (k, value) => {
      const [least, most] = pair() ?? [0, MANY];
      if (value === null && (k === 0 ? most === MANY : least === 0)) return void form.set(key, null);
      const now = k === 0 ? [value ?? 0, Math.max(most, value ?? 0)] : [Math.min(least, value ?? MANY), value ?? MANY];
      return void form.set(key, now);
    };
    const inputs = [0, 1].map((k) =>
      numberInput({
        label: t(k ? "bounds.most.of" : "bounds.least.of", { region: name }),
        step: 1,
        optional: true,
        placeholder: "–",
        value: () => {
          const value = pair()?.[k] ?? null;
          return k === 1 && value === MANY ? null : value;
        },
        take: (value) => take(k, value),
      }),
    );
    this.shown.push(...inputs.map((one) => one.show));
    return h("div", { class: "region-row" }, h("span", {}, name), ...inputs.map((one) => one.element));
  }

  target() {
    const { form } = this;
    const input = numberInput({ label: t("key.size.target"), step: STEP, value: () => form.value("size.target"), take: (value) => void form.set("size.target", value) });
    const reset = resetButton(form, ["size.target"], t("key.size.target"));
    const element = h("div", { class: "field pair" }, h("span", {}, t("key.size.target")), input.element, reset.element);
    this.shown.push(input.show, reset.show, () => (element.hidden = !form.value("weights.size")));
    return element;
  }
}
