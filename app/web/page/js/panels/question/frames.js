// @ts-check
/** Frames: regions and layers that no merger crosses or divides, and what each merger must hold. */

import { h } from "../../dom.js";
import { say, t } from "../../texts.js";
import { listField, numberInput, tickField } from "./fields.js";
import { resetButton, section } from "./form.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./fields.js").Field} Field */
/** @typedef {"free" | "within" | "unsplit"} Frame */

export class FramesPart {
  /**
   * @param {Form} form
   * @param {HTMLElement | null} first
   */
  constructor(form, first) {
    this.form = form;
    const { layers, classes, functions } = form.store.given;
    /** @param {any} one */
    const option = (one) => ({ key: one.key, text: say(one.label) });
    const isOuter = form.prefix === "";
    /** @type {Field[]} */
    this.fields = [
      ...(isOuter ? [tickField(form, "frames.regions", (value) => this.together(value))] : []),
      this.layers(layers),
      listField(form, "requires.classes", classes.map(option)),
      listField(form, "requires.functions", functions.map(option)),
      this.length(),
    ];
    this.section = section("frames.title", false, first, ...this.fields.map((field) => field.element));
    this.element = this.section.element;
  }

  show() {
    this.fields.forEach((field) => field.show());
    const changed = this.fields.flatMap((field) => field.keys).filter((key) => this.form.isChanged(key)).length;
    this.section.digest("", changed);
  }

  /**
   * Both levels have the same regions, and without regions none has a number of mergers.
   * @param {boolean} regions
   * @returns {Record<string, unknown>}
   */
  together(regions) {
    const nested = this.form.store.scenario.zones !== null;
    const zones = nested ? { "zones.frames.regions": regions } : {};
    const counts = regions ? {} : { "count.regions": null, ...(nested ? { "zones.count.regions": null } : {}) };
    return { ...zones, ...counts };
  }

  /**
   * @param {any[]} layers
   * @returns {Field}
   */
  layers(layers) {
    const { form } = this;
    const keys = ["frames.within", "frames.unsplit"];
    const reset = resetButton(form, keys, t("frames.layers"), () => t("value.none"));
    const selects = layers.map((layer) => {
      const select = h(
        "select",
        { "aria-label": say(layer.label), onchange: () => this.frame(layer.key, /** @type {Frame} */ (select.value)) },
        ...["free", "within", "unsplit"].map((one) => h("option", { value: one }, t(`frames.${one}`, form.words))),
      );
      return { key: layer.key, select, row: h("div", { class: "layer-row" }, h("span", {}, say(layer.label)), select) };
    });
    const element = h(
      "fieldset",
      { class: "field" },
      h("legend", {}, t("frames.layers"), reset.element),
      h("p", { class: "quiet" }, t("frames.layers.about", form.words)),
      ...selects.map(({ row }) => row),
    );
    return {
      element,
      keys,
      show: () => {
        for (const { key, select } of selects) {
          select.value = (form.value("frames.within") ?? []).includes(key) ? "within" : (form.value("frames.unsplit") ?? []).includes(key) ? "unsplit" : "free";
        }
        reset.show();
      },
    };
  }

  /**
   * @param {string} layer
   * @param {Frame} frame
   */
  frame(layer, frame) {
    /** @param {"within" | "unsplit"} kind */
    const listed = (kind) => {
      const others = (this.form.value(`frames.${kind}`) ?? []).filter((/** @type {string} */ one) => one !== layer);
      return frame === kind ? [...others, layer] : others;
    };
    void this.form.set("frames.within", listed("within"), { "frames.unsplit": listed("unsplit") });
  }

  /** @returns {Field} */
  length() {
    const { form } = this;
    const key = "borders.min_length";
    const name = t(`key.${key}`);
    const input = numberInput({ label: name, step: 100, value: () => form.value(key), take: (value) => void form.set(key, value) });
    const reset = resetButton(form, [key], name);
    return {
      element: h("div", { class: "field" }, h("div", { class: "pair" }, h("span", {}, name), input.element, reset.element), h("p", { class: "quiet" }, t(`key.${key}.about`))),
      keys: [key],
      show: () => {
        input.show();
        reset.show();
      },
    };
  }
}
