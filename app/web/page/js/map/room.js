/** The room that the map has: its window on the screen, or a sheet of paper. */
export class Room {
  /**
   * @param {HTMLElement} container
   * @param {import("./view.js").MapView} view
   * @param {() => void} printed called when the map is drawn for paper, before it is printed
   * @param {AbortSignal} signal ends it
   */
  constructor(container, view, printed, signal) {
    this.container = container;
    this.view = view;
    this.printed = printed;
    this.isPaper = false;
    const observer = new ResizeObserver(() => this.fit());
    observer.observe(container);
    signal.addEventListener("abort", () => observer.disconnect());
    window.addEventListener("beforeprint", () => this.#print(), { signal });
    window.addEventListener("afterprint", () => this.#return(), { signal });
  }

  /** Fit the map into its window. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.container;
    if (width && height && !this.isPaper) this.view.setSize({ width, height });
  }

  #print() {
    const { clientWidth, parentElement } = this.container;
    this.isPaper = true;
    // Two maps side by side share the paper.
    this.view.setSize(this.view.paper(Math.min(clientWidth / (parentElement?.clientWidth || clientWidth || 1), 1)));
    this.printed();
  }

  #return() {
    this.isPaper = false;
    this.fit();
  }
}
