// @ts-check
/** Keys that work everywhere on the page. */

import { byId } from "./dom.js";
import { openKeys } from "./panels/help.js";

/** @typedef {import("./store.js").Store} Store */
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
      byId(["question", "stage", "reply"][Number(event.key) - 1] ?? "stage").focus();
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("finder").focus();
    } else if (event.key === "?" && !typing) {
      event.preventDefault();
      openKeys();
    } else if (event.key === "Escape" && !typing && !document.querySelector("dialog[open]")) {
      if (store.picking) store.pickOnMap(null);
      else if (store.answer?.status === "asking") store.cancel();
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
