// @ts-check
/** What all parts of the question share: one level of the scenario, its preset, and how a key is set. */

import { Mover } from "../../mover.js";
import { number, significant } from "../../pure/format.js";
import { presetOf, same, valueAt } from "../../pure/scenario.js";
import { language, t } from "../../texts.js";
import { h } from "../../dom.js";

/** @typedef {import("../../store.js").Store} Store */

export class Form {
  /**
   * @param {Store} store
   * @param {"" | "zones."} prefix stands before the keys of the level
   */
  constructor(store, prefix) {
    this.store = store;
    this.prefix = prefix;
    this.mover = new Mover(store);
  }

  get preset() {
    const { scenarios } = this.store.given;
    return scenarios[presetOf(this.store.scenario, scenarios)];
  }

  /** Whether the parts of a plan at this level are zones. */
  get isZones() {
    return this.prefix !== "" || this.store.scenario.level === "zones";
  }

  /** What the parts of a plan are called here: words for the texts. */
  get words() {
    const kind = this.isZones ? "zone" : "merger";
    return { part: t(`part.${kind}`), parts: t(`part.${kind}.other`), home: t(`part.${kind}.home`) };
  }

  /** @param {string} key */
  value(key) {
    return valueAt(this.store.scenario, this.prefix + key);
  }

  /** @param {string} key */
  usual(key) {
    return valueAt(this.preset, this.prefix + key) ?? null;
  }

  /** What takes a key back to its preset: of a table that says nothing, that it is not there.
   * @param {string} key
   */
  back(key) {
    const value = this.usual(key);
    return value !== null && typeof value === "object" && !Object.keys(value).length && !Array.isArray(value) ? null : value;
  }

  /** @param {string} key */
  isChanged(key) {
    return !same(this.value(key), this.usual(key));
  }

  /**
   * @param {string} key
   * @param {unknown} value
   * @param {Record<string, unknown>} [more] keys that go with it
   */
  set(key, value, more = {}) {
    const others = Object.fromEntries(Object.entries(more).map(([name, one]) => [this.prefix + name, one]));
    return this.store.act({ kind: "set", key: this.prefix + key, value, more: others });
  }
}

/**
 * A number as people write it in the language of the page.
 * @param {number} value
 * @returns {string}
 */
export const written = (value) => number(language(), value, 0);

/**
 * Write a number with as many digits as it has.
 * @param {number} value
 * @returns {string}
 */
export const plain = (value) => significant(language(), value);

/**
 * A button that takes a key back to its preset; it is there while the key is changed.
 * @param {Form} form
 * @param {string[]} keys
 * @param {string} name
 * @param {(value: any) => string} [say]
 * @returns {{ element: HTMLButtonElement, show: () => void }}
 */
export function resetButton(form, keys, name, say = (value) => (typeof value === "number" ? written(value) : t("value.none"))) {
  const element = h("button", { type: "button", class: "reset", hidden: true }, "↺");
  element.addEventListener("click", () => {
    const [first = "", ...others] = keys;
    const own = element.closest(".weight, .field"); // this button goes: the focus goes to what it is about
    /** @type {HTMLElement | null} */ (own?.querySelector("input, select"))?.focus();
    void form.set(first, form.back(first), Object.fromEntries(others.map((key) => [key, form.back(key)])));
  });
  const show = () => {
    element.hidden = !keys.some((key) => form.isChanged(key));
    const text = t("form.reset", { name, value: say(form.usual(keys[0] ?? "")) });
    element.title = text;
    element.setAttribute("aria-label", text);
  };
  return { element, show };
}

/**
 * A part of the question that opens and closes, with a short word on what it says now.
 * @param {string} key of the texts
 * @param {boolean} open
 * @param {...(Node | string | null)} children
 * @returns {{ element: HTMLDetailsElement, digest: (text: string, changed?: number) => void, inside: HTMLElement }}
 */
export function section(key, open, ...children) {
  const digest = h("span", { class: "digest" });
  const inside = h("div", { class: "inside" }, ...children);
  const element = h("details", { class: `section ${key.replace(/\./g, "-")}`, open: remembered(key, open) }, h("summary", {}, h("h3", {}, t(key)), digest), inside);
  element.addEventListener("toggle", () => remember(key, element.open));
  return {
    element,
    inside,
    digest: (text, changed = 0) => {
      digest.replaceChildren(text);
      if (changed) digest.append(" ", h("span", { class: "changed" }, t(changed === 1 ? "form.changed.one" : "form.changed.other", { n: changed })));
    },
  };
}

/** @type {Map<string, boolean>} */
const opened = new Map();

/**
 * @param {string} key
 * @param {boolean} usual
 */
const remembered = (key, usual) => opened.get(key) ?? usual;

/**
 * @param {string} key
 * @param {boolean} open
 */
function remember(key, open) {
  opened.set(key, open);
}
