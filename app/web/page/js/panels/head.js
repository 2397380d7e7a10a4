// @ts-check
/** The head of the page: the work, undo and redo, its history, language and look. */

import { h, fill } from "../dom.js";
import { t } from "../texts.js";
import { menuButton } from "./dialog.js";
import { openKeys } from "./help.js";
import { stepText } from "./steps.js";

/** @typedef {import("../store.js").Store} Store */

export class Head {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    this.title = h("input", {
      class: "title",
      "aria-label": t("head.title"),
      maxLength: 200,
      onchange: () => this.title.value.trim() && void store.rename(this.title.value.trim()),
    });
    this.undo = this.button("undo", "↶", () => void store.undo());
    this.redo = this.button("redo", "↷", () => void store.redo());
    const history = menuButton(t("head.history"), () => this.steps(), { title: t("head.history.title") });
    this.tools = h("div", { class: "tools", id: "head-tools" });
    const { language, theme, patterns } = store.preferences;
    const look = menuButton(t("head.look"), () => [
      ...["auto", "light", "dark"].map((one) => ({
        text: t(`look.${one}`),
        checked: store.preferences.theme === one,
        act: () => store.prefer({ theme: /** @type {"auto"} */ (one) }),
      })),
      { text: t("look.patterns"), checked: store.preferences.patterns, act: () => store.prefer({ patterns: !store.preferences.patterns }) },
    ]);
    const other = language === "nl" ? "en" : "nl";
    fill(
      place,
      h("a", { class: "skip", href: "#stage" }, t("head.skip")),
      h("h1", {}, "refzones"),
      this.title,
      h("div", { class: "group" }, this.undo, this.redo, history),
      this.tools,
      h(
        "div",
        { class: "group end" },
        look,
        h("button", { type: "button", lang: other, onclick: () => store.prefer({ language: other }) }, other === "nl" ? "Nederlands" : "English"),
        h("button", { type: "button", onclick: openKeys, title: t("keys.title") }, t("head.keys")),
      ),
    );
    void theme;
    void patterns;
    store.on("work", () => this.show());
    this.show();
  }

  /**
   * @param {string} key
   * @param {string} sign
   * @param {() => void} act
   */
  button(key, sign, act) {
    return h("button", { type: "button", title: t(`head.${key}`), "aria-label": t(`head.${key}`), onclick: act }, sign);
  }

  steps() {
    const { steps, position } = this.store.work;
    return steps
      .map((/** @type {any} */ step, /** @type {number} */ k) => ({
        text: `${k + 1}. ${stepText(step, this.store.given)}`,
        checked: k === position,
        act: () => k !== position && void this.store.act({ kind: "go", to: k }),
      }))
      .reverse();
  }

  show() {
    const { title, position, steps } = this.store.work;
    if (document.activeElement !== this.title) this.title.value = title;
    document.title = `${title} – refzones`;
    this.undo.disabled = position === 0;
    this.redo.disabled = position === steps.length - 1;
  }
}
