// @ts-check
/** Locks: what is agreed, by names, each with what it costs and a button that removes it. */

import { fill, h } from "../../dom.js";
import { priceLine } from "../../words/prices.js";
import { PriceBook } from "../../prices.js";
import { list } from "../../pure/format.js";
import { listLocks, lockKey, removing } from "../../pure/agreed.js";
import { language, t } from "../../texts.js";
import { section } from "./form.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/agreed.js").Lock} Lock */

export class LocksPart {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.book = new PriceBook(store);
    this.list = h("ul", { class: "locks" });
    this.hint = h("p", { class: "quiet hint" }, t("locks.hint"));
    this.all = h("button", { type: "button", class: "plain", onclick: () => void store.act({ kind: "unlock", lock: "all", municipalities: [] }) }, t("locks.all"));
    this.section = section("locks.title", true, this.hint, this.list, this.all);
    this.element = this.section.element;
    store.on("prices", () => this.show());
  }

  show() {
    const locks = listLocks(this.store.work);
    const focused = this.list.contains(document.activeElement) ? [...this.list.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement)) : -1;
    fill(this.list, ...locks.map((lock) => this.row(lock)));
    if (focused >= 0) {
      const buttons = this.list.querySelectorAll("button");
      (buttons[Math.min(focused, buttons.length - 1)] ?? this.element.querySelector("summary"))?.focus();
    }
    this.hint.hidden = locks.length > 0;
    this.all.hidden = locks.filter((one) => !["joined", "added", "removed"].includes(one.lock)).length < 2;
    this.section.digest(locks.length ? String(locks.length) : t("locks.none"));
  }

  /** @param {Lock} lock */
  row(lock) {
    const { store } = this;
    const names = list(
      language(),
      lock.municipalities.map((i) => store.given.municipalities[i].name),
    );
    const codes = lock.municipalities.map((i) => store.given.municipalities[i].code);
    const price = this.book.prices.get(lockKey(lock));
    const waiting = this.book.isAsking || store.answer?.status === "asking";
    const show = () => store.tell("highlight", lock.municipalities);
    const hide = () => store.tell("highlight", []);
    const name = t(`lock.${lock.lock}`);
    const kind = lock.level ? t("key.zones", { name }) : name;
    return h(
      "li",
      { class: `lock ${lock.lock}`, onmouseenter: show, onmouseleave: hide, onfocusin: show, onfocusout: hide },
      h(
        "button",
        { type: "button", class: "lock-names", title: t("locks.select"), onclick: () => store.select(lock.municipalities) },
        h("span", { class: "chip" }, kind),
        " ",
        names,
      ),
      h("button", { type: "button", class: "plain", title: t("locks.remove"), "aria-label": t("locks.remove.of", { lock: `${kind}: ${names}` }), onclick: () => (hide(), void store.act(removing(lock.lock, codes, lock.level))) }, "×"),
      h("p", { class: "lock-price" }, price ? priceLine(price) : h("span", { class: "quiet" }, t(waiting ? "price.waiting" : "price.unknown"))),
    );
  }
}
