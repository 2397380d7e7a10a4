// @ts-check
/** Keys that work everywhere on the page; `KEYS` is also what the map of keys shows. */

import { openKeys } from "./panels/help.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {{ keys: string, text: string, where: "page" | "map" | "table" }} Shortcut `text` is a key of the texts */

/** @type {Shortcut[]} */
export const KEYS = [
  { keys: "Ctrl+Z", text: "keys.undo", where: "page" },
  { keys: "Ctrl+Y / Ctrl+Shift+Z", text: "keys.redo", where: "page" },
  { keys: "Alt+1 / 2 / 3", text: "keys.sections", where: "page" },
  { keys: "Esc", text: "keys.escape", where: "page" },
  { keys: "?", text: "keys.help", where: "page" },
  { keys: "← ↑ → ↓", text: "keys.arrows", where: "map" },
  { keys: "Enter", text: "keys.pick", where: "map" },
  { keys: "Shift+Enter", text: "keys.add", where: "map" },
  { keys: "+ / − / 0", text: "keys.zoom", where: "map" },
];

/**
 * @param {Store} store
 */
export function handleKeys(store) {
  document.addEventListener("keydown", (event) => {
    const typing = isTyping(event.target);
    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      void (event.shiftKey ? store.redo() : store.undo());
    } else if (control && !event.altKey && event.key.toLowerCase() === "y" && !typing) {
      event.preventDefault();
      void store.redo();
    } else if (event.altKey && !control && ["1", "2", "3"].includes(event.key)) {
      event.preventDefault();
      document.getElementById(["question", "stage", "reply"][Number(event.key) - 1])?.focus();
    } else if (event.key === "?" && !typing) {
      event.preventDefault();
      openKeys();
    } else if (event.key === "Escape" && !typing && !document.querySelector("dialog[open]")) {
      if (store.answer?.status === "asking") store.cancel();
      else store.select([]);
    }
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.matches("input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select") || target.isContentEditable)
  );
}
