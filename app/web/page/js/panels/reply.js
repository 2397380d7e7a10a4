// @ts-check
/** What is answered: the proof above all, then in tabs the answer, the mergers and other plans. */

import { fill, h } from "../dom.js";
import { t } from "../texts.js";
import { CompareTab } from "./compare.js";
import { tabbed } from "./dialog.js";
import { DrawingTab } from "./drawing.js";
import { AlternativesTab } from "./reply/alternatives.js";
import { AnswerTab } from "./reply/answer.js";
import { Badge } from "./reply/badge.js";
import { EffectsTab } from "./reply/effects.js";
import { MergersTab } from "./reply/mergers.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {{ element: HTMLElement, shown?: (visible: boolean) => void }} Tab `shown` is told when it appears and goes */

/**
 * The tabs, in their order: one line for each. A key has its title in the texts as `reply.tab.KEY`.
 * @type {{ key: string, make: (store: Store) => Tab }[]}
 */
export const TABS = [
  { key: "answer", make: (store) => new AnswerTab(store) },
  { key: "mergers", make: (store) => new MergersTab(store) },
  { key: "effects", make: (store) => new EffectsTab(store) },
  { key: "others", make: (store) => new AlternativesTab(store) },
  { key: "drawing", make: (store) => new DrawingTab(store) },
  { key: "compare", make: (store) => new CompareTab(store) },
];

export class Reply {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    const tabs = TABS.map(({ key, make }) => ({ key, tab: make(store) }));
    const shown = (/** @type {string} */ key) => tabs.forEach((one) => one.tab.shown?.(one.key === key));
    const strip = tabbed(
      t("reply.tabs"),
      tabs.map(({ key, tab }) => ({ key: `reply-${key}`, text: t(`reply.tab.${key}`), panel: tab.element })),
      (key) => shown(key.slice("reply-".length)),
    );
    store.on("tab", (key) => strip.show(`reply-${key}`));
    fill(place, h("h2", { class: "unseen" }, t("reply.title")), new Badge(store).element, strip.element);
  }
}
