// @ts-check
/** Weights: a slider for each term that is weighed, with what one unit of it counts. */

import { fill, h } from "../../dom.js";
import { termName } from "../../words/keys.js";
import { metresOf, mostOf, placeOf, PLACES, pointsOf, rounded, weightAt } from "../../pure/weights.js";
import { readNumber } from "../../pure/reading.js";
import { language, say, t } from "../../texts.js";
import { plain, resetButton, section } from "./form.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {{ name: string, element: HTMLElement, show: () => void }} Row */

const SETTLE = 600; // milliseconds after the last key on a slider until its move has ended

export class Weights {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    /** @type {Row[]} */
    this.rows = [];
    this.list = h("div", { class: "weights" });
    this.adder = h("select", { "aria-label": t("weights.add"), onchange: () => this.add(this.adder.value) });
    this.section = section("weights.title", true, h("p", { class: "quiet" }, t("weights.about")), this.list, this.adder);
    this.element = this.section.element;
  }

  /** Terms that are weighed now, in the order in which terms are listed. */
  get weighed() {
    const weights = this.form.value("weights") ?? {};
    const { terms } = this.form.store.given;
    const known = terms.map((/** @type {any} */ one) => one.name);
    return [...known.filter((/** @type {string} */ name) => name in weights), ...Object.keys(weights).filter((name) => !known.includes(name))];
  }

  show() {
    const names = this.weighed;
    if (names.join() !== this.rows.map((row) => row.name).join()) this.build(names);
    this.rows.forEach((row) => row.show());
    const presets = this.form.usual("weights") ?? {};
    const changed = [...new Set([...names, ...Object.keys(presets)])].filter((name) => this.form.isChanged(`weights.${name}`)).length;
    this.section.digest(t(names.length === 1 ? "weights.digest.one" : "weights.digest.other", { n: names.length }), changed);
  }

  /** @param {string[]} names */
  build(names) {
    const kept = new Map(this.rows.map((row) => [row.name, row]));
    this.rows = names.map((name) => kept.get(name) ?? this.row(name));
    fill(this.list, ...this.rows.map((row) => row.element));
    const { terms } = this.form.store.given;
    const others = terms.filter((/** @type {any} */ one) => !names.includes(one.name));
    fill(this.adder, h("option", { value: "" }, t("weights.add")), ...others.map((/** @type {any} */ one) => h("option", { value: one.name }, say(one.label))));
  }

  /** @param {string} name */
  term(name) {
    const { terms } = this.form.store.given;
    return terms.find((/** @type {any} */ one) => one.name === name) ?? { name, key: name, layer: "", usual: 1, better: "less" };
  }

  /** @param {string} name */
  usual(name) {
    return this.form.usual(`weights.${name}`) || this.term(name).usual;
  }

  /** @param {string} name */
  add(name) {
    if (name) void this.form.set(`weights.${name}`, this.usual(name), name === "detached" ? { "rules.enclosed": "priced" } : {});
  }

  /** What goes with a term when it is weighed no more.
   * @param {string} name
   */
  without(name) {
    if (name === "shortfall") return { "population.floor": null, "population.ceiling": null };
    if (name === "stacking" && this.form.value("rules.merged") === "priced") return { "rules.merged": "free" };
    if (name === "detached" && this.form.value("rules.enclosed") === "priced") return { "rules.enclosed": "forbidden" };
    return {};
  }

  /**
   * @param {string} name
   * @returns {Row}
   */
  row(name) {
    const { form } = this;
    const { mover } = form;
    const [term, key, label] = [this.term(name), `weights.${name}`, termName(name, form.store.given)];
    const full = form.prefix + key;
    const id = `weight-${form.prefix}${name}`.replace(/[^\w-]/g, "-");
    const means = h("p", { class: "quiet means", id: `${id}-means` });
    const slider = h("input", { type: "range", min: "0", max: String(PLACES), step: "5", id, "aria-describedby": means.id });
    const written = h("input", { type: "text", inputMode: "decimal", class: "number", "aria-label": t("weights.points", { name: label }) });
    const reset = resetButton(form, [key], label, (value) => (value === null ? t("value.none") : plain(value)));
    const remove = h("button", { type: "button", class: "plain", title: t("weights.remove", { name: label }), "aria-label": t("weights.remove", { name: label }) }, "×");

    let dragged = false;
    let timer = 0;
    const most = () => mostOf(this.usual(name), form.value(key) ?? 0);
    let top = most();
    const place = () => weightAt(Number(slider.value), this.usual(name), top);
    const end = () => {
      window.clearTimeout(timer);
      mover.end(full, place());
    };
    slider.addEventListener("pointerdown", () => (dragged = true));
    slider.addEventListener("input", () => {
      mover.move(full, place());
      tell(place());
    });
    slider.addEventListener("change", () => {
      window.clearTimeout(timer);
      if (dragged) end();
      else timer = window.setTimeout(end, SETTLE);
      dragged = false;
    });
    slider.addEventListener("blur", end);
    written.addEventListener("change", () => {
      const value = readNumber(language(), written.value);
      if (value === null) show();
      else void form.set(key, value);
    });
    remove.addEventListener("click", () => {
      this.adder.focus(); // this row goes
      void form.set(key, null, this.without(name));
    });

    /** @param {number} weight */
    const tell = (weight) => {
      written.value = plain(weight);
      means.textContent = this.meaning(term, weight);
      slider.setAttribute("aria-valuetext", `${plain(weight)}. ${means.textContent}`);
      slider.style.setProperty("--filled", `${(100 * Number(slider.value)) / PLACES}%`);
    };
    const show = () => {
      if (mover.moved === full || (mover.busy && mover.next?.key === full)) return;
      const weight = form.value(key) ?? 0;
      top = most();
      slider.value = String(placeOf(weight, top));
      slider.style.setProperty("--usual", `${(100 * placeOf(this.usual(name), top)) / PLACES}%`);
      tell(weight);
      reset.show();
      element.classList.toggle("is-changed", !reset.element.hidden);
    };
    const head = h("div", { class: "weight-head" }, h("label", { htmlFor: id }, label), reset.element, written, remove);
    const element = h("div", { class: "weight" }, head, h("div", { class: "slide" }, slider), means);
    return { name, element, show };
  }

  /**
   * Say what a weight means.
   * @param {any} term
   * @param {number} weight
   * @returns {string}
   */
  meaning(term, weight) {
    if (weight === 0) return t("weights.nothing");
    const points = pointsOf(term.key, weight);
    const layer = this.form.store.given.layers.find((/** @type {any} */ one) => one.key === term.layer);
    const zones = say(layer?.label) || term.layer;
    const said = t(`weights.means.${term.key}`, { ...this.form.words, zones, points: plain(rounded(points, 3)) });
    const metres = term.key === "distance" ? null : metresOf(points, this.form.value("weights.distance"));
    return metres === null ? `${said}.` : t("weights.as", { said, length: length(metres) });
  }
}

/**
 * @param {number} metres
 * @returns {string}
 */
const length = (metres) => (metres < 1000 ? t("weights.metres", { n: plain(rounded(metres, 2)) }) : t("weights.km", { n: plain(rounded(metres / 1000, 2)) }));
