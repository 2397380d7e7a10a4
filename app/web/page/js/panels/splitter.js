// @ts-check
/** A bar between the map and the answer below it, which gives more room to the one or the other. */

import { h } from "../dom.js";
import { t } from "../texts.js";

/** @typedef {import("../store.js").Store} Store */

const [LEAST, MOST, STEP] = [0.15, 0.85, 0.05]; // shares of the height that the map has

/**
 * @param {Store} store keeps the share among the preferences
 * @param {HTMLElement} main
 * @param {HTMLElement} after the bar stands behind it
 */
export function splitter(store, main, after) {
  const bar = h("div", {
    class: "splitter",
    role: "separator",
    tabIndex: 0,
    title: t("splitter.title"),
    "aria-label": t("splitter.title"),
    "aria-orientation": "horizontal",
    "aria-valuemin": 100 * LEAST,
    "aria-valuemax": 100 * MOST,
  });
  /** @param {number} share */
  const show = (share) => {
    main.style.setProperty("--map-share", String(share));
    bar.setAttribute("aria-valuenow", String(Math.round(100 * share)));
  };
  /** @param {number} share */
  const set = (share) => {
    store.prefer({ mapShare: Math.min(MOST, Math.max(LEAST, share)) });
    show(store.preferences.mapShare);
  };
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const box = main.getBoundingClientRect();
    set((event.clientY - box.top) / box.height);
  });
  bar.addEventListener("dblclick", () => set(0.55));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(store.preferences.mapShare + step);
  });
  show(store.preferences.mapShare);
  after.after(bar);
}
