/**
 * Mouse, pen and fingers on the map: click, drag, wheel, pinch and box.
 *
 * @typedef {import("../pure/types.js").Point} Point
 * @typedef {import("./view.js").MapView} MapView
 * @typedef {object} Reactions
 * @property {(index: number | null, additive: boolean) => void} pick
 * @property {(box: import("../pure/viewbox.js").Box, additive: boolean) => void} box in units of the map
 * @property {(index: number | null) => void} hover
 * @property {(target: EventTarget | null) => number | null} indexOf
 */

/** Pixels that a pointer may tremble in a click. */
const TREMBLE = 5;

/** How much one notch of a wheel zooms. */
const NOTCH = 0.0018;

export class Gestures {
  /**
   * @param {SVGSVGElement} picture
   * @param {MapView} view
   * @param {SVGRectElement} frame shown while a box is drawn
   * @param {Reactions} reactions
   */
  constructor(picture, view, frame, reactions) {
    this.picture = picture;
    this.view = view;
    this.frame = frame;
    this.reactions = reactions;
    /** A drag draws a box instead of moving the map. */
    this.boxes = false;
    /** @type {Map<number, Point>} */
    this.pointers = new Map();
    /** @type {{start: Point, target: EventTarget | null, moved: boolean, box: boolean} | null} */
    this.drag = null;
    picture.addEventListener("pointerdown", (event) => this.#down(event));
    picture.addEventListener("pointermove", (event) => this.#move(event));
    picture.addEventListener("pointerup", (event) => this.#up(event));
    picture.addEventListener("pointercancel", (event) => this.#cancel(event));
    picture.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** @param {MouseEvent} event @returns {Point} */
  #at(event) {
    const box = this.picture.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    const at = this.#at(event);
    this.pointers.set(event.pointerId, at);
    if (this.pointers.size > 1) {
      this.#endBox();
      if (this.drag) Object.assign(this.drag, { moved: true, box: false });
      return;
    }
    this.drag = { start: at, target: event.target, moved: false, box: this.boxes || event.shiftKey };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const old = this.pointers.get(event.pointerId);
    if (!old || !this.drag) {
      if (event.pointerType !== "touch") this.reactions.hover(this.reactions.indexOf(event.target));
      return;
    }
    const at = this.#at(event);
    if (!this.drag.moved) {
      if (Math.hypot(at.x - this.drag.start.x, at.y - this.drag.start.y) < TREMBLE) return;
      this.drag.moved = true;
      // From here on the map has the pointer to itself, also outside of its window.
      for (const id of this.pointers.keys()) this.picture.setPointerCapture(id);
    }
    if (this.drag.box) {
      this.#drawBox(this.drag.start, at);
    } else if (this.pointers.size === 1) {
      this.view.panBy(at.x - old.x, at.y - old.y);
    } else {
      this.#pinch(event.pointerId, old, at);
    }
    this.pointers.set(event.pointerId, at);
  }

  /**
   * Zoom by two fingers: what is between them stays between them.
   * @param {number} id of the finger that moved
   * @param {Point} old
   * @param {Point} at
   */
  #pinch(id, old, at) {
    const other = [...this.pointers].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const before = Math.hypot(old.x - other.x, old.y - other.y);
    const after = Math.hypot(at.x - other.x, at.y - other.y);
    this.view.panBy((at.x - old.x) / 2, (at.y - old.y) / 2);
    if (before > 0) this.view.zoomBy(after / before, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const known = this.pointers.delete(event.pointerId);
    if (!known || !this.drag || this.pointers.size) return;
    const { start, target, moved, box } = this.drag;
    this.drag = null;
    const additive = event.shiftKey || event.ctrlKey || event.metaKey;
    if (!moved) {
      this.reactions.pick(this.reactions.indexOf(target), additive);
    } else if (box) {
      this.#endBox();
      const [a, b] = [this.view.toMap(start), this.view.toMap(this.#at(event))];
      const around = {
        left: Math.min(a.x, b.x),
        right: Math.max(a.x, b.x),
        top: Math.min(a.y, b.y),
        bottom: Math.max(a.y, b.y),
      };
      this.reactions.box(around, additive);
    }
  }

  /** @param {PointerEvent} event */
  #cancel(event) {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size) return;
    this.drag = null;
    this.#endBox();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
    // Browsers report a pinch on a touchpad as a wheel with the control key, in much smaller steps.
    const speed = event.ctrlKey ? 6 : 1;
    this.view.zoomBy(Math.exp(-event.deltaY * lines * speed * NOTCH), this.#at(event));
  }

  /** @param {Point} a @param {Point} b */
  #drawBox(a, b) {
    this.frame.setAttribute("x", String(Math.min(a.x, b.x)));
    this.frame.setAttribute("y", String(Math.min(a.y, b.y)));
    this.frame.setAttribute("width", String(Math.abs(a.x - b.x)));
    this.frame.setAttribute("height", String(Math.abs(a.y - b.y)));
    this.frame.classList.add("drawn");
  }

  #endBox() {
    this.frame.classList.remove("drawn");
  }
}
