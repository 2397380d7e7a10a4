// @ts-check
/** What can be done with a selection: its buttons, and why some of them cannot be chosen. */

import { post, Refused, Unreachable } from "../../api.js";
import { listLocks, lockKey } from "../../pure/agreed.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/agreed.js").LockKind} LockKind */
/** @typedef {import("../../pure/agreed.js").Level} Level */
/** @typedef {{ kind: string, text: import("../../api.js").Text, municipalities: number[], between: number[] }} WhyNot */

/**
 * The kinds of locks that are offered for a selection: those of borders for two, that of the facility rule where a
 * facility municipality is selected.
 * @param {any} given
 * @param {number[]} selection
 * @returns {LockKind[]}
 */
export function offered(given, selection) {
  /** @type {LockKind[]} */
  const kinds = ["together", "apart", "alone", "existing", "seat"];
  if (selection.some((i) => given.municipalities[i].facility)) kinds.push("joined");
  if (selection.length === 2) kinds.push(areNeighbours(given, selection) ? "removed" : "added");
  return kinds;
}

/**
 * @param {any} given
 * @param {number[]} pair
 */
const areNeighbours = (given, pair) => given.borders.some((/** @type {[number, number, number]} */ [a, b]) => pair.includes(a) && pair.includes(b));

/**
 * Whether a selection has a lock already, exactly or one by one.
 * @param {any} work
 * @param {LockKind} kind
 * @param {number[]} selection
 * @param {Level} level
 * @returns {boolean}
 */
export function isLocked(work, kind, selection, level) {
  const known = new Set(listLocks(work).map(lockKey));
  const singles = kind === "alone" || kind === "seat" || kind === "joined";
  const groups = singles ? selection.map((i) => [i]) : [selection];
  return groups.length > 0 && groups.every((municipalities) => known.has(lockKey({ lock: kind, municipalities, level })));
}

/** Asks why locks cannot be chosen; the last selection counts. */
export class Reasons {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Record<string, WhyNot | null>} */
    this.reasons = {};
    this.key = "";
    /** @type {AbortController | null} */
    this.asking = null;
  }

  /**
   * @param {Level} level
   * @param {() => void} told
   */
  async ask(level, told) {
    const { store } = this;
    const key = `${store.work.digest} ${level} ${store.selectedCodes.join()}`;
    if (key === this.key) return;
    this.key = key;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      const { reasons } = await post(`works/${store.work.id}/reasons`, { municipalities: store.selectedCodes, level }, asking.signal);
      if (this.key !== key) return;
      this.reasons = reasons;
      told();
    } catch (error) {
      if (asking.signal.aborted) return;
      this.key = "";
      this.reasons = {}; // the button itself will say what is wrong
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    }
  }
}
