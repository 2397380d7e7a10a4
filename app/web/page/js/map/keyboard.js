import { read } from "./keys.js";

/**
 * What the keys of the map do.
 *
 * @typedef {object} Served
 * @property {import("./land.js").Land} land
 * @property {import("./view.js").MapView} view
 * @property {() => {points: import("../pure/types.js").Point[], names: string[]}} map
 * @property {(index: number) => import("../pure/types.js").Point} pointOf
 * @property {(index: number) => ReadonlySet<number>} neighboursOf
 * @property {(index: number) => void} focus
 * @property {(index: number, additive: boolean) => void} pick
 * @property {(index: number, at: import("../pure/types.js").Point) => void} menu
 */
export class Keyboard {
  /** @param {Served} served */
  constructor(served) {
    this.served = served;
    served.land.group.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { land, view, map, pointOf, neighboursOf, focus, pick, menu } = this.served;
    const wish = read(event, land.focus, { ...map(), neighbours: neighboursOf(land.focus) });
    if (!wish) return;
    event.preventDefault();
    const at = view.toWindow(pointOf(land.focus));
    if (wish.do === "focus") focus(wish.index);
    else if (wish.do === "pick") pick(land.focus, wish.additive);
    else if (wish.do === "zoom") view.zoomBy(wish.factor, at);
    else if (wish.do === "all") view.zoomToAll();
    else if (wish.do === "pan") view.panBy(wish.x, wish.y);
    else if (wish.do === "menu") menu(land.focus, at);
  }
}
