// @ts-check
/** The tab of the answer: why there is no plan, what changed, score and terms, and the regions. */

import { h } from "../../dom.js";
import { ChangeList } from "./changes.js";
import { ClashList } from "./clash.js";
import { RegionList } from "./regions.js";
import { TermTable } from "./terms.js";

/** @typedef {import("../../store.js").Store} Store */

export class AnswerTab {
  /** @param {Store} store */
  constructor(store) {
    const parts = [new ClashList(store), new ChangeList(store), new TermTable(store), new RegionList(store)];
    this.element = h("div", { class: "answer" }, ...parts.map((part) => part.element));
  }
}
