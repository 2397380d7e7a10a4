// @ts-check
/** What is asked: preset, weights, bounds, rules and locks. */

import { fill, h } from "../dom.js";
import { t } from "../texts.js";

/** @typedef {import("../store.js").Store} Store */

export class Question {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    fill(place, h("h2", {}, t("question.title")));
  }
}
