import { towards } from "../pure/directions.js";

/**
 * The keys of the map. One municipality can be reached with Tab, the others from there with the arrows.
 *
 *  - arrows: the nearest municipality in that direction
 *  - Home, End: the first and the last one by name
 *  - Enter or Space: choose it; with Shift or Control: choose it besides the others
 *  - + - 0: closer, wider, the whole map
 *  - Shift and an arrow: move the map
 *  - F10 with Shift, or the menu key: what can be done with it
 *  - Escape: close the card (see `map.js`)
 */

/** @type {Record<string, import("../pure/directions.js").Direction>} */
const ARROWS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** Pixels that one key moves the map. */
const STEP = 80;

/** How much one key zooms. */
export const FACTOR = 1.5;

/**
 * What a key asks for.
 * @typedef {{do: "focus", index: number} | {do: "pick", additive: boolean} | {do: "zoom", factor: number}
 *   | {do: "all"} | {do: "pan", x: number, y: number} | {do: "menu"}} Wish
 */

/**
 * Read a key.
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @param {number} from the municipality that has the focus
 * @param {{points: import("../pure/types.js").Point[], neighbours: ReadonlySet<number>, names: string[]}} map
 * @returns {Wish | null} null for a key that the map does not know
 */
export function read(event, from, { points, neighbours, names }) {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  const additive = shiftKey || ctrlKey || metaKey;
  if (key === "Enter" || key === " ") return altKey ? null : { do: "pick", additive };
  if (key === "ContextMenu" || (key === "F10" && shiftKey)) return { do: "menu" };
  if (altKey || ctrlKey || metaKey) return null;
  const direction = ARROWS[key];
  if (direction && shiftKey) {
    const [x, y] = { left: [STEP, 0], right: [-STEP, 0], up: [0, STEP], down: [0, -STEP] }[direction];
    return { do: "pan", x: x ?? 0, y: y ?? 0 };
  }
  if (direction) return { do: "focus", index: towards(points, from, direction, neighbours) };
  if (key === "Home" || key === "End") {
    const order = names.map((_, i) => i).sort((a, b) => (names[a] ?? "").localeCompare(names[b] ?? ""));
    return { do: "focus", index: order.at(key === "Home" ? 0 : -1) ?? from };
  }
  if (key === "+" || key === "=") return { do: "zoom", factor: FACTOR };
  if (key === "-" || key === "_") return { do: "zoom", factor: 1 / FACTOR };
  if (key === "0") return { do: "all" };
  return null;
}
