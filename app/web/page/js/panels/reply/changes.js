// @ts-check
/** What changed since the answer before, in words. */

import { post } from "../../api.js";
import { fill, h } from "../../dom.js";
import { list } from "../../pure/format.js";
import { differing } from "../../pure/differing.js";
import { language, t, tn } from "../../texts.js";
import { moveText, seatTexts, summaryText } from "../../words/changes.js";
import { pointing } from "./pointing.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../store.js").Answer} Answer */
/** @typedef {import("../../words/changes.js").Changes} Changes */

const SHOWN = 6;

export class ChangeList {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.body = h("div", { class: "inside" });
    this.element = h("section", { class: "changes", hidden: true }, h("h3", {}, t("changes.title")), this.body);
    /** @type {Answer | null} */
    this.shown = null;
    /** @type {Answer | null} */
    this.beside = null;
    this.asked = new AbortController();
    store.on("answer", () => void this.show());
    void this.show();
  }

  async show() {
    const { answer, before } = this.store;
    if (answer?.status === "asking") return; // what was there stays until the answer is there
    if (answer === this.shown && before === this.beside) return;
    [this.shown, this.beside] = [answer, before];
    this.asked.abort();
    this.asked = new AbortController();
    const known = answer?.whole && before && before !== answer && isSameKind(before, answer);
    this.element.hidden = !known;
    if (!known) return;
    /** @type {("mergers" | "zones")[]} */
    const levels = answer.level === "nested" && before.level === "nested" ? ["mergers", "zones"] : ["mergers"];
    try {
      const parts = await Promise.all(levels.map((level) => this.of(before, answer, level, levels.length > 1, this.asked.signal)));
      if (answer === this.store.answer) fill(this.body, ...parts.flat());
    } catch (error) {
      if (!(error instanceof DOMException)) this.element.hidden = true; // what cannot be said is not missed
    }
  }

  /**
   * @param {Answer} before
   * @param {Answer} answer
   * @param {"mergers" | "zones"} level
   * @param {boolean} titled
   * @param {AbortSignal} signal
   * @returns {Promise<HTMLElement[]>}
   */
  async of(before, answer, level, titled, signal) {
    const plans = differing(before.regions, answer.regions, level);
    /** @type {Changes} */
    const none = { moves: [], municipalities: 0, inhabitants: 0, partners: 0, mergers: 0, seats: [] };
    const changes = plans.after.length ? await post("changes", { before: plans.before, after: plans.after }, signal) : none;
    const heading = titled ? [h("h4", {}, t(`terms.level.${level}`))] : [];
    return [...heading, ...this.regions(plans), ...(plans.after.length || !(plans.lost.length + plans.won.length) ? this.moves(changes) : [])];
  }

  /** @param {{ lost: string[], won: string[] }} plans */
  regions({ lost, won }) {
    const lang = language();
    return [
      ...(lost.length ? [h("p", {}, t("changes.lost", { who: list(lang, lost) }))] : []),
      ...(won.length ? [h("p", {}, t("changes.won", { who: list(lang, won) }))] : []),
    ];
  }

  /** @param {Changes} changes */
  moves(changes) {
    const { given } = this.store;
    const items = [
      ...changes.moves.map((move) =>
        h("li", {}, h("button", { type: "button", class: "link", title: t("changes.select"), ...pointing(this.store, move.municipalities), onclick: () => this.store.select(move.municipalities) }, moveText(move, given))),
      ),
      ...seatTexts(changes, given).map((text) => h("li", {}, text)),
    ];
    const [first, rest] = [items.slice(0, SHOWN), items.slice(SHOWN)];
    return [
      h("p", { class: "quiet" }, summaryText(changes)),
      ...(first.length ? [h("ul", {}, ...first)] : []),
      ...(rest.length ? [h("details", {}, h("summary", {}, tn("changes.more", rest.length)), h("ul", {}, ...rest))] : []),
    ];
  }
}

/**
 * Whether the parts of two answers are of one kind: those of zones alone are zones, and no mergers.
 * @param {Answer} one
 * @param {Answer} other
 * @returns {boolean}
 */
export const isSameKind = (one, other) => (one.level === "zones") === (other.level === "zones");
