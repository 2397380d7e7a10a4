// @ts-check
/** Why there is no plan: the rules that clash, and changes that are enough, each taken by one click. */

import { fill, h } from "../../dom.js";
import { spokenIn, t } from "../../texts.js";
import { plainly, remedyText, remedyTexts, ruleText } from "../../words/clashes.js";
import { pointing } from "./pointing.js";

/** @typedef {import("../../store.js").Store} Store */

export class ClashList {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.element = h("section", { class: "clashes", hidden: true, "aria-label": t("clash.list") });
    /** @type {import("../../store.js").Answer | null} */
    this.answer = null;
    store.on("answer", () => this.show());
    this.show();
  }

  show() {
    const { answer } = this.store;
    const clashes = answer && answer.status !== "asking" ? answer.clashes : [];
    if (answer === this.answer && clashes.length === this.element.childElementCount) return;
    this.answer = answer;
    this.element.hidden = clashes.length === 0;
    fill(this.element, ...clashes.map((clash) => clashView(this.store, clash)));
  }
}

/**
 * Show why a region has no plan.
 * @param {Store} store
 * @param {any} clash
 * @returns {HTMLElement}
 */
export function clashView(store, clash) {
  const { given } = store;
  const said = (/** @type {any} */ text) => h("li", { lang: spokenIn(text) }, plainly(text));
  const remedies = clash.remedies.map((/** @type {any} */ remedy) => {
    const take = () => void store.act({ kind: "replace", scenario: remedy.scenario, said: "remedy", text: remedyTexts(remedy, given) });
    return h("li", {}, h("button", { type: "button", onclick: take }, remedyText(remedy, given)));
  });
  const about = clash.rules.length === 1 ? "clash.rule" : clash.irreducible ? "clash.rules" : "clash.rules.unsure";
  return h(
    "div",
    { class: "clash" },
    h("h3", {}, t("clash.title", { region: clash.region })),
    clash.others.length > 0 && h("ul", {}, ...clash.others.map(said)),
    clash.rules.length > 0 && h("p", {}, t(about)),
    clash.rules.length > 0 && h("ul", {}, ...clash.rules.map((/** @type {any} */ rule) => h("li", pointing(store, rule.municipalities), ruleText(rule, given)))),
    h("p", {}, t(remedies.length > 1 ? "clash.remedies" : remedies.length ? "clash.remedy" : "clash.none")),
    remedies.length > 0 && h("ul", { class: "remedies" }, ...remedies),
    clash.municipalities.length > 0 && h("button", { type: "button", class: "link", onclick: () => store.select(clash.municipalities) }, t("clash.select")),
  );
}
