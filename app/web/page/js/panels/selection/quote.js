// @ts-check
/** The price of a wish before it is made, and what is enough where no plan can have it. */

import { stream, Refused, Unreachable } from "../../api.js";
import { fill, h } from "../../dom.js";
import { priceLine } from "../../words/prices.js";
import { t } from "../../texts.js";
import { clashView } from "../reply/clash.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/agreed.js").LockKind} LockKind */
/** @typedef {import("../../prices.js").Price} Price */

export class Quote {
  /**
   * @param {Store} store
   * @param {(lock: LockKind, codes: string[]) => void} make
   * @param {(lock: LockKind) => void} back puts the focus where the wish was chosen
   */
  constructor(store, make, back) {
    this.store = store;
    this.make = make;
    this.back = back;
    this.element = h("div", { class: "quote", role: "group", "aria-label": t("quote.title"), hidden: true });
    /** @type {AbortController | null} */
    this.asking = null;
  }

  close() {
    this.asking?.abort();
    this.asking = null;
    this.element.hidden = true;
  }

  /**
   * @param {LockKind} lock
   * @param {string} names
   * @param {import("../../pure/agreed.js").Level} level
   */
  async ask(lock, names, level) {
    this.close();
    const { store } = this;
    const codes = store.selectedCodes;
    const asking = new AbortController();
    this.asking = asking;
    /** @type {Price | null} */
    let price = null;
    /** @type {any[]} */
    const clashes = [];
    let waiting = true;
    const show = () => this.show(lock, codes, names, price, clashes, waiting);
    show();
    try {
      await stream(
        `works/${store.work.id}/price`,
        (name, data) => {
          if (name === "price") price = data;
          else if (name === "clash") clashes.push(data);
          else if (name === "refused") store.tell("notice", { kind: "error", refusal: data });
          show();
        },
        asking.signal,
        { lock, municipalities: codes, level },
      );
    } catch (error) {
      if (asking.signal.aborted) return;
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
      store.fail(error);
    }
    waiting = false;
    show();
    if (price) store.tell("spoken", this.element.querySelector("p")?.textContent ?? "");
  }

  /**
   * @param {LockKind} lock
   * @param {string[]} codes
   * @param {string} names
   * @param {Price | null} price
   * @param {any[]} clashes
   * @param {boolean} waiting
   */
  show(lock, codes, names, price, clashes, waiting) {
    const wish = h("b", { class: "wish" }, `${t(`lock.${lock}`)}: ${names}`);
    const close = h("button", { type: "button", class: "plain close", "aria-label": t("dialog.close"), onclick: () => (this.close(), this.back(lock)) }, "×");
    const can = price !== null && clashes.length === 0 && price.status !== "contradiction";
    const take = can ? h("button", { type: "button", class: "main", onclick: () => (this.close(), this.back(lock), this.make(lock, codes)) }, t("quote.make")) : null;
    const said = price ? priceLine(price) : h("span", { class: "quiet" }, t(waiting ? "price.asking" : "price.unknown"));
    fill(this.element, h("p", {}, wish, " – ", said), take, close, ...clashes.map((clash) => clashView(this.store, clash)), price && waiting && !can ? h("p", { class: "quiet" }, t("quote.looking")) : null);
    this.element.hidden = false;
  }
}
