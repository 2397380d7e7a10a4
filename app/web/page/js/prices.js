// @ts-check
/** What the locks of the present state cost; asked once its answer is there. */

import { stream, Refused, Unreachable } from "./api.js";
import { listLocks, lockKey } from "./pure/agreed.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./api.js").Text} Text */
/** @typedef {{ lock: import("./pure/agreed.js").LockKind, municipalities: number[], level: import("./pure/agreed.js").Level, status: string, cost_nano: number | null, proved: boolean, text: Text, words: Text | null }} Price */

const KEPT = 60;
const PAUSE = 250; // milliseconds after an answer, in which another edit may come

export class PriceBook {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Map<string, Map<string, Price>>} prices by digest of the state */
    this.known = new Map();
    /** @type {AbortController | null} */
    this.asking = null;
    this.timer = 0;
    store.on("work", () => this.stop());
    store.on("answer", () => this.later());
    this.later();
  }

  /** Prices of the present state, by `lockKey`. */
  get prices() {
    return this.known.get(this.store.work.digest) ?? new Map();
  }

  get isAsking() {
    return this.asking !== null || this.timer !== 0;
  }

  stop() {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.asking?.abort();
    this.asking = null;
  }

  later() {
    const { answer, work } = this.store;
    if (this.asking || this.timer || !answer?.whole || answer.digest !== work.digest) return;
    const locks = listLocks(work);
    if (!locks.length || locks.every((lock) => this.prices.has(lockKey(lock)))) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      void this.ask(work);
    }, PAUSE);
    this.store.tell("prices");
  }

  /** @param {any} work */
  async ask(work) {
    const asking = new AbortController();
    this.asking = asking;
    const prices = new Map(this.prices);
    this.known.set(work.digest, prices);
    const oldest = this.known.keys().next();
    if (this.known.size > KEPT && !oldest.done) this.known.delete(oldest.value);
    try {
      await stream(
        `works/${work.id}/prices`,
        (name, data) => {
          if (name === "price") prices.set(lockKey(data), data);
          this.store.tell("prices");
        },
        asking.signal,
      );
    } catch (error) {
      if (asking.signal.aborted) return;
      if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
    }
    if (this.asking === asking) this.asking = null;
    this.store.tell("prices");
  }
}
