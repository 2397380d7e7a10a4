// @ts-check
/** Rules: who stands alone, who may merge again, and which member is the seat. */

import { h } from "../../dom.js";
import { t } from "../../texts.js";
import { choiceField, numberInput } from "./fields.js";
import { resetButton, section } from "./form.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./fields.js").Field} Field */

export class Rules {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    const parts = choiceField(form, "rules.enclosed_parts", ["towns", "all"]);
    /** @type {Field[]} */
    this.fields = [
      choiceField(form, "rules.facility", ["alone", "free"]),
      choiceField(form, "rules.above_max", ["alone", "absorb"]),
      this.absorbing(),
      choiceField(form, "rules.merged", ["free", "priced", "alone", "kept"], (value) => this.priced(value, "stacking", 20)),
      choiceField(form, "rules.enclosed", ["allowed", "priced", "forbidden"], (value) =>
        value === "allowed" ? { "weights.detached": null } : this.priced(value, "detached", 100),
      ),
      { ...parts, show: () => (parts.show(), (parts.element.hidden = form.value("rules.enclosed") === "allowed")) },
      choiceField(form, "rules.seat", ["best_equipped", "central"]),
      choiceField(form, "rules.isolated", ["free", "alone"]),
    ];
    this.section = section("rules.title", false, ...this.fields.map((field) => field.element));
    this.element = this.section.element;
  }

  show() {
    this.fields.forEach((field) => field.show());
    const changed = this.fields.flatMap((field) => field.keys).filter((key) => this.form.isChanged(key)).length;
    this.section.digest("", changed);
  }

  /**
   * A rule with a price needs the weight of its term.
   * @param {string} value
   * @param {string} term
   * @param {number} usual
   */
  priced(value, term, usual) {
    const key = `weights.${term}`;
    return value === "priced" && this.form.value(key) === undefined ? { [key]: this.form.usual(key) ?? usual } : {};
  }

  /** @returns {Field} */
  absorbing() {
    const { form } = this;
    const key = "rules.absorb_up_to";
    const name = t(`key.${key}`);
    const input = numberInput({ label: name, step: 1000, value: () => form.value(key), take: (value) => void form.set(key, value) });
    const reset = resetButton(form, [key], name);
    const element = h("div", { class: "field pair" }, h("span", {}, name), input.element, reset.element);
    return {
      element,
      keys: [key],
      show: () => {
        element.hidden = form.value("rules.above_max") !== "absorb";
        input.show();
        reset.show();
      },
    };
  }
}
