/**
 * The card that tells of the municipality under the pointer or the focus. Others write it; here it is shown, in a
 * corner that the pointer is not near.
 */
export class Card {
  /** @param {HTMLElement} container */
  constructor(container) {
    this.element = document.createElement("div");
    this.element.className = "map-card";
    this.element.hidden = true;
    container.append(this.element);
    /** @type {(index: number) => Node | null} */
    this.content = () => null;
    /** @type {number | null} */
    this.index = null;
  }

  /**
   * @param {number} index
   * @param {boolean} right show it on the right, for the place is on the left
   */
  show(index, right) {
    this.element.classList.toggle("right", right);
    if (this.index === index && !this.element.hidden) return;
    const content = this.content(index);
    this.index = index;
    this.element.replaceChildren(...(content ? [content] : []));
    this.element.hidden = !content;
  }

  /** Write it again: what it tells of has changed. */
  refresh() {
    if (this.index === null || this.element.hidden) return;
    const content = this.content(this.index);
    this.element.replaceChildren(...(content ? [content] : []));
    this.element.hidden = !content;
  }

  /** @returns {boolean} whether it was shown */
  hide() {
    const shown = !this.element.hidden;
    this.element.hidden = true;
    this.index = null;
    return shown;
  }
}
