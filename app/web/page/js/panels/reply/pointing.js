// @ts-check
/** What is pointed at in a list, or has the focus there, is shown on the map. */

/** @typedef {import("../../store.js").Store} Store */

/**
 * Listeners of an element that speaks of municipalities.
 * @param {Store} store
 * @param {number[]} indices
 * @returns {Record<string, () => void>}
 */
export function pointing(store, indices) {
  const show = () => store.tell("highlight", indices);
  const hide = () => store.tell("highlight", null);
  return { onpointerenter: show, onpointerleave: hide, onfocusin: show, onfocusout: hide };
}
