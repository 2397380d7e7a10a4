// @ts-check
/** Dialogs, and menus that open below a button. */

import { h } from "../dom.js";
import { t } from "../texts.js";

/** @typedef {import("../dom.js").Child} Child */

/**
 * Show a dialog; it closes by Escape or its button, and the focus goes back.
 * @param {string} title
 * @param {...Child} children
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, ...children) {
  const before = document.activeElement;
  const heading = h("h2", {}, title);
  const close = h("button", { type: "button", class: "close", onclick: () => dialog.close() }, t("dialog.close"));
  const dialog = h("dialog", { "aria-label": title }, h("header", {}, heading, close), h("div", { class: "inside" }, ...children));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * @typedef {{ text: string, act?: () => void, disabled?: boolean, note?: string, checked?: boolean }} MenuItem
 */

/**
 * A button that opens a menu; arrows move in it, Escape closes it.
 * @param {string} text
 * @param {() => MenuItem[]} items asked each time it opens
 * @param {Record<string, any>} [given]
 * @returns {HTMLElement}
 */
export function menuButton(text, items, given = {}) {
  const list = h("div", { class: "menu", role: "menu", hidden: true });
  const button = h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...given }, text);
  const holder = h("div", { class: "menu-holder" }, button, list);

  /** @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    list.replaceChildren(
      ...items().map((item, k) =>
        h(
          "button",
          {
            type: "button",
            role: item.checked === undefined ? "menuitem" : "menuitemcheckbox",
            "aria-checked": item.checked === undefined ? null : String(item.checked),
            "aria-disabled": item.disabled ? "true" : null,
            tabIndex: k === 0 ? 0 : -1, // a menu that is higher than the screen is scrolled by keyboard
            onclick: () => {
              if (item.disabled) return;
              show(false);
              button.focus();
              item.act?.();
            },
          },
          item.text,
          item.note ? h("small", {}, item.note) : null,
        ),
      ),
    );
    /** @type {HTMLElement | null} */ (list.firstElementChild)?.focus();
  };

  button.addEventListener("click", () => show(list.hidden === true));
  holder.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const entries = /** @type {HTMLElement[]} */ ([...list.children]);
    const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
    if (event.key === "Escape") {
      event.stopPropagation();
      show(false);
      button.focus();
    } else if (event.key in steps) {
      event.preventDefault();
      const to = steps[/** @type {keyof typeof steps} */ (event.key)];
      entries[(to + entries.length) % entries.length]?.focus();
    }
  });
  holder.addEventListener("focusout", (event) => {
    if (!holder.contains(/** @type {Node | null} */ (event.relatedTarget))) show(false);
  });
  return holder;
}

/**
 * Tabs, by the pattern of WAI-ARIA: arrows move between them.
 * @param {string} label
 * @param {{ key: string, text: string, panel: HTMLElement }[]} tabs
 * @param {(key: string) => void} [shown] called when one is shown
 * @returns {{ element: HTMLElement, show: (key: string) => void }}
 */
export function tabbed(label, tabs, shown = () => {}) {
  const buttons = tabs.map(({ key, text, panel }) => {
    panel.id ||= `panel-${key}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${key}`);
    panel.tabIndex = 0;
    return h("button", { type: "button", role: "tab", id: `tab-${key}`, "aria-controls": panel.id, onclick: () => show(key) }, text);
  });
  const strip = h("div", { role: "tablist", "aria-label": label }, ...buttons);

  /** @param {string} key */
  function show(key) {
    tabs.forEach((tab, k) => {
      const chosen = tab.key === key;
      tab.panel.hidden = !chosen;
      buttons[k]?.setAttribute("aria-selected", String(chosen));
      if (buttons[k]) buttons[k].tabIndex = chosen ? 0 : -1;
    });
    shown(key);
  }

  strip.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    const to = (at + step + buttons.length) % buttons.length;
    const chosen = tabs[to];
    if (chosen) show(chosen.key);
    buttons[to]?.focus();
  });
  const first = tabs[0];
  if (first) show(first.key);
  return { element: h("div", { class: "tabbed" }, strip, ...tabs.map((tab) => tab.panel)), show };
}
