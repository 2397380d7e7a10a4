// @ts-check
/** Why there is no plan: the rules that clash, and changes that are enough, each taken by one click. */

import { fill, h } from "../../dom.js";
import { say, spokenIn, t } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */

export class ClashList {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.element = h("section", { class: "clashes", hidden: true });
    store.on("answer", () => this.show());
    this.show();
  }

  show() {
    const { answer } = this.store;
    if (answer?.status === "asking") return;
    const clashes = answer?.clashes ?? [];
    this.element.hidden = clashes.length === 0;
    fill(this.element, ...clashes.map((clash) => this.clash(clash)));
  }

  /** @param {any} clash */
  clash(clash) {
    const sentence = (/** @type {any} */ text) => h("li", { lang: spokenIn(text) }, say(text));
    return h(
      "div",
      { class: "clash" },
      h("h3", {}, t("clash.title", { region: clash.region })),
      clash.others.length > 0 && h("ul", {}, ...clash.others.map(sentence)),
      clash.rules.length > 0 && h("p", {}, t(clash.irreducible ? "clash.rules" : "clash.rules.unsure")),
      clash.rules.length > 0 && h("ul", {}, ...clash.rules.map(sentence)),
      h("p", {}, t(clash.remedies.length ? "clash.remedies" : "clash.none")),
      clash.remedies.length > 0 &&
        h(
          "ul",
          { class: "remedies" },
          ...clash.remedies.map((/** @type {any} */ remedy) =>
            h("li", {}, h("button", { type: "button", lang: spokenIn(remedy.text), onclick: () => void this.take(remedy) }, say(remedy.text))),
          ),
        ),
      clash.municipalities.length > 0 &&
        h("button", { type: "button", class: "link", onclick: () => this.store.select(clash.municipalities) }, t("clash.select")),
    );
  }

  /** @param {any} remedy */
  take(remedy) {
    return this.store.act({ kind: "replace", scenario: remedy.scenario, said: "remedy", text: remedy.text });
  }
}
