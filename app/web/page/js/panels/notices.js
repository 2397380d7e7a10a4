// @ts-check
/** What the page has to say now and then: errors with their remedy, and answers for those who hear the page. */

import { h } from "../dom.js";
import { say, spokenIn, t } from "../texts.js";

/** @typedef {import("../store.js").Store} Store */

const SHOWN = 12000; // milliseconds

export class Notices {
  /**
   * @param {Store} store
   * @param {HTMLElement} live what assistive technology reads aloud
   */
  constructor(store, live) {
    this.live = live;
    this.box = h("div", { class: "notices" });
    live.after(this.box);
    store.on("notice", (notice) => this.show(notice));
    store.on("spoken", (text) => this.speak(text));
  }

  /** @param {string} text */
  speak(text) {
    this.live.textContent = text;
  }

  /**
   * Show a notice; one of a key takes the place of the one before, and one without a text only takes it away.
   * @param {{ kind: "error" | "unreachable" | "done", refusal?: import("../api.js").Refusal, text?: string, key?: string,
   *   action?: { text: string, act: () => void } | null }} notice
   */
  show({ kind, refusal, text, key, action }) {
    if (key) [...this.box.children].filter((one) => one instanceof HTMLElement && one.dataset.key === key).forEach((one) => one.remove());
    if (text === "") return;
    const lines = refusal ? this.lines(refusal) : [h("p", {}, text ?? t(`notice.${kind}`))];
    const close = h("button", { type: "button", class: "close", onclick: () => shown.remove() }, t("dialog.close"));
    const done = () => {
      shown.remove();
      action?.act();
    };
    const act = action ? h("button", { type: "button", class: "main", onclick: done }, action.text) : null;
    const shown = h("div", { class: `notice ${kind}`, role: kind === "done" ? "status" : "alert", "data-key": key }, ...lines, h("div", { class: "group end" }, act, close));
    if (kind === "unreachable") [...this.box.children].filter((one) => one.matches(".unreachable")).forEach((one) => one.remove());
    this.box.append(shown);
    if (kind !== "error" && !action) window.setTimeout(() => shown.remove(), SHOWN);
  }

  /**
   * @param {import("../api.js").Refusal} refusal
   * @returns {HTMLElement[]}
   */
  lines(refusal) {
    if (!refusal.faults.length) return [h("p", { lang: spokenIn(refusal.text) }, say(refusal.text))];
    return refusal.faults.slice(0, 8).map((fault) => {
      const where = [fault.file, fault.row ? t("notice.row", { row: fault.row }) : "", fault.column ? t("notice.column", { column: fault.column }) : "", fault.value ? `“${fault.value}”` : ""];
      const place = where.filter(Boolean).join(", ");
      return h(
        "p",
        { lang: spokenIn(fault.what) },
        place ? h("b", {}, `${place}: `) : null,
        say(fault.what),
        say(fault.remedy) ? `; ${say(fault.remedy)}` : null,
      );
    });
  }
}
