// @ts-check
/** What is answered: the proof, terms, mergers, why there is no plan, and other plans. */

import { fill, h } from "../dom.js";
import { t } from "../texts.js";

/** @typedef {import("../store.js").Store} Store */

export class Reply {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    fill(place, h("h2", {}, t("reply.title")));
  }
}
