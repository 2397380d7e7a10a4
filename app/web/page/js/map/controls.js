import { svg } from "./svg.js";

/** @typedef {import("../pure/types.js").Texts} Texts */

/** Icons, drawn in a square of 20. */
const ICONS = {
  zoomIn: "M10 4V16M4 10H16",
  zoomOut: "M4 10H16",
  zoomAll: "M3 8V3H8M12 3H17V8M17 12V17H12M8 17H3V12",
  box: "M3 6V3H6M9 3H11M14 3H17V6M17 9V11M17 14V17H14M11 17H9M6 17H3V14M3 11V9",
  patterns: "M3 9L9 3M3 17L17 3M11 17L17 11",
};

/** Buttons on the map: closer, wider, all of it; a box instead of a drag; patterns beside colours. */
export class Controls {
  /**
   * @param {HTMLElement} container
   * @param {Record<keyof typeof ICONS, () => void>} actions
   */
  constructor(container, actions) {
    this.element = document.createElement("div");
    this.element.className = "map-controls";
    this.element.setAttribute("role", "group");
    container.append(this.element);
    /** @type {Record<string, HTMLButtonElement>} */
    this.buttons = {};
    for (const key of /** @type {(keyof typeof ICONS)[]} */ (Object.keys(ICONS))) {
      const button = document.createElement("button");
      button.type = "button";
      const icon = svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: ICONS[key] }));
      button.append(icon);
      button.addEventListener("click", actions[key]);
      this.element.append(button);
      this.buttons[key] = button;
    }
  }

  /** @param {Texts} t */
  write(t) {
    this.element.setAttribute("aria-label", t("map.controls"));
    for (const [key, button] of Object.entries(this.buttons)) {
      button.title = t(`map.${key}`);
      button.setAttribute("aria-label", t(`map.${key}`));
    }
  }

  /** @param {"box" | "patterns"} key @param {boolean} pressed */
  press(key, pressed) {
    this.buttons[key]?.setAttribute("aria-pressed", String(pressed));
  }
}
