// @ts-check
/** Moving a slider: what it says is answered while it moves, one at a time, and is one step of the history. */

/** @typedef {import("./store.js").Store} Store */

const PATIENCE = 1500; // milliseconds that a move waits for the answer to the one before

export class Mover {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {{ key: string, value: unknown, moving: boolean } | null} */
    this.next = null;
    this.busy = false;
    /** Key that is being moved; what shows it is left alone meanwhile. @type {string | null} */
    this.moved = null;
    /** @type {(() => void) | null} */
    this.wake = null;
  }

  /**
   * @param {string} key
   * @param {unknown} value
   */
  move(key, value) {
    if (this.next && !this.next.moving && this.next.key !== key) return; // the end of another move goes first
    this.moved = key;
    this.next = { key, value, moving: true };
    void this.run();
  }

  /**
   * The last of a move.
   * @param {string} key
   * @param {unknown} value
   */
  end(key, value) {
    if (this.moved !== key) return;
    this.moved = null;
    this.next = { key, value, moving: false };
    this.wake?.();
    void this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.next) {
        const now = this.next;
        this.next = null;
        await this.store.act({ kind: "set", ...now });
        if (now.moving) await this.answered();
      }
    } finally {
      this.busy = false;
    }
  }

  /** Wait until there is an answer, or the move ends. */
  answered() {
    return new Promise((/** @type {(value: void) => void} */ resolve) => {
      const timer = window.setTimeout(() => done(), PATIENCE);
      const look = () => this.store.answer?.whole && done();
      const done = () => {
        window.clearTimeout(timer);
        this.store.removeEventListener("answer", look);
        this.wake = null;
        resolve();
      };
      this.wake = done;
      this.store.addEventListener("answer", look);
      if (this.next && !this.next.moving) done();
      else look();
    });
  }
}
