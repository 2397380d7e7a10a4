// @ts-check
/** All keys of the page, as the map of keys shows them. */

/** @typedef {{ keys: string, text: string, where: "page" | "map" | "table" | "splitter" }} Shortcut `text` is a key of the texts */

/** @type {Shortcut[]} */
export const KEYS = [
  { keys: "Ctrl+Z", text: "keys.undo", where: "page" },
  { keys: "Ctrl+Y / Ctrl+Shift+Z", text: "keys.redo", where: "page" },
  { keys: "Alt+1 / 2 / 3", text: "keys.sections", where: "page" },
  { keys: "/", text: "keys.find", where: "page" },
  { keys: "Esc", text: "keys.escape", where: "page" },
  { keys: "?", text: "keys.help", where: "page" },
  { keys: "← ↑ → ↓", text: "keys.arrows", where: "map" },
  { keys: "Home / End", text: "keys.ends", where: "map" },
  { keys: "Enter", text: "keys.pick", where: "map" },
  { keys: "Shift+Enter", text: "keys.add", where: "map" },
  { keys: "Shift+F10", text: "keys.menu", where: "map" },
  { keys: "+ / − / 0", text: "keys.zoom", where: "map" },
  { keys: "Shift+← ↑ → ↓", text: "keys.pan", where: "map" },
  { keys: "↑ ↓", text: "keys.rows", where: "table" },
  { keys: "→ ←", text: "keys.unfold", where: "table" },
  { keys: "↑ ↓", text: "keys.splitter", where: "splitter" },
];
