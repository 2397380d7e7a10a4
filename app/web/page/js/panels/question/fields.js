// @ts-check
/** Fields of the question: numbers, choices and ticks, each with its way back to the preset. */

import { h } from "../../dom.js";
import { readNumber } from "../../pure/reading.js";
import { has, language, t } from "../../texts.js";
import { resetButton, written } from "./form.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {{ element: HTMLElement, show: () => void, keys: string[] }} Field */

const SETTLE = 500; // milliseconds after the last arrow until a number is taken

/**
 * A number; arrows change it by a step.
 * @param {object} given
 * @param {string} given.label
 * @param {number} given.step
 * @param {() => number | null} given.value
 * @param {(value: number | null) => void} given.take
 * @param {boolean} [given.optional] may be left empty
 * @param {string} [given.placeholder]
 * @returns {{ element: HTMLInputElement, show: () => void }}
 */
export function numberInput({ label, step, value, take, optional = false, placeholder = "" }) {
  const element = h("input", { type: "text", inputMode: "numeric", class: "number", "aria-label": label, placeholder, autocomplete: "off" });
  let timer = 0;
  const show = () => {
    const now = value();
    element.value = now === null ? "" : written(now);
  };
  const commit = () => {
    window.clearTimeout(timer);
    const text = element.value.trim();
    const read = readNumber(language(), text);
    if ((read === null && !(optional && text === "")) || read === value()) show();
    else take(read === null ? null : Math.round(read));
  };
  element.addEventListener("change", commit);
  element.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    const now = readNumber(language(), element.value) ?? value() ?? 0;
    element.value = written(Math.max(0, (Math.floor(now / step + (direction < 0 ? 0.999 : 0)) + direction) * step));
    window.clearTimeout(timer);
    timer = window.setTimeout(commit, SETTLE);
  });
  element.addEventListener("blur", () => timer && commit());
  return { element, show };
}

/**
 * A choice of a key, with what the present one means.
 * @param {Form} form
 * @param {string} key
 * @param {string[]} choices
 * @param {(value: string) => Record<string, unknown>} [more] what goes with a choice
 * @returns {Field}
 */
export function choiceField(form, key, choices, more = () => ({})) {
  const id = `field-${form.prefix}${key}`.replace(/[^\w-]/g, "-");
  const about = h("p", { class: "quiet", id: `${id}-about` });
  const select = h("select", { id, "aria-describedby": about.id, onchange: () => void form.set(key, select.value, more(select.value)) });
  select.append(...choices.map((one) => h("option", { value: one }, t(`choice.${key}.${one}`, form.words))));
  const name = t(`key.${key}`);
  const reset = resetButton(form, [key], name, (value) => t(`choice.${key}.${value}`, form.words));
  const element = h("div", { class: "field" }, h("div", { class: "field-head" }, h("label", { htmlFor: id }, name), reset.element), select, about);
  return {
    element,
    keys: [key],
    show: () => {
      select.value = String(form.value(key));
      const text = `choice.${key}.${select.value}.about`;
      about.textContent = has(text) ? t(text, form.words) : "";
      reset.show();
    },
  };
}

/**
 * A tick of a key.
 * @param {Form} form
 * @param {string} key
 * @param {(value: boolean) => Record<string, unknown>} [more]
 * @returns {Field}
 */
export function tickField(form, key, more = () => ({})) {
  const box = h("input", { type: "checkbox", onchange: () => void form.set(key, box.checked, more(box.checked)) });
  const name = t(`key.${key}`, form.words);
  const reset = resetButton(form, [key], name, (value) => t(value ? "value.yes" : "value.no"));
  const element = h(
    "div",
    { class: "field" },
    h("div", { class: "field-head" }, h("label", { class: "tick" }, box, name), reset.element),
    has(`key.${key}.about`) ? h("p", { class: "quiet" }, t(`key.${key}.about`, form.words)) : null,
  );
  return {
    element,
    keys: [key],
    show: () => {
      box.checked = Boolean(form.value(key));
      reset.show();
    },
  };
}

/**
 * Ticks for a key that lists names.
 * @param {Form} form
 * @param {string} key
 * @param {{ key: string, text: string }[]} options
 * @returns {Field}
 */
export function listField(form, key, options) {
  const name = t(`key.${key}`);
  const boxes = options.map((one) => {
    const box = h("input", { type: "checkbox", value: one.key, onchange: () => take() });
    return { box, label: h("label", { class: "tick" }, box, one.text) };
  });
  const take = () =>
    void form.set(
      key,
      boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
    );
  const reset = resetButton(form, [key], name, (value) => (value?.length ? value.join(", ") : t("value.none")));
  const element = h(
    "fieldset",
    { class: "field" },
    h("legend", {}, name, reset.element),
    has(`key.${key}.about`) ? h("p", { class: "quiet" }, t(`key.${key}.about`, form.words)) : null,
    ...boxes.map(({ label }) => label),
  );
  return {
    element,
    keys: [key],
    show: () => {
      const chosen = form.value(key) ?? [];
      boxes.forEach(({ box }) => (box.checked = chosen.includes(box.value)));
      reset.show();
    },
  };
}
