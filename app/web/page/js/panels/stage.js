// @ts-check
/** The map with its tools, the selection and what can be done with it. */

import { fill, h } from "../dom.js";
import { t } from "../texts.js";

/** @typedef {import("../store.js").Store} Store */

export class Stage {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    fill(place, h("h2", { class: "unseen" }, t("stage.title")));
  }
}
