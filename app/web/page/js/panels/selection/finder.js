// @ts-check
/** A box in which municipalities are found by name; the pattern of a combobox with a list. */

import { fill, h } from "../../dom.js";
import { findNames } from "../../pure/finding.js";
import { t } from "../../texts.js";

const MOST = 8;

export class Finder {
  /**
   * @param {string[]} names
   * @param {(index: number) => string} about what stands behind a name in the list
   * @param {(index: number, additive: boolean) => void} chosen
   */
  constructor(names, about, chosen) {
    this.names = names;
    this.about = about;
    this.chosen = chosen;
    /** @type {number[]} */
    this.found = [];
    this.active = -1;
    this.list = h("ul", { role: "listbox", id: "found", class: "found", "aria-label": t("finder.found"), hidden: true });
    this.input = h("input", {
      type: "text",
      id: "finder",
      role: "combobox",
      "aria-label": t("finder.label"),
      "aria-expanded": "false",
      "aria-controls": "found",
      "aria-autocomplete": "list",
      placeholder: t("finder.label"),
      title: t("finder.title"),
      autocomplete: "off",
      spellcheck: false,
      oninput: () => this.look(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      onblur: () => this.close(),
    });
    this.element = h("div", { class: "finder" }, this.input, this.list);
  }

  look() {
    this.found = findNames(this.names, this.input.value, MOST);
    this.active = this.found.length ? 0 : -1;
    fill(
      this.list,
      ...this.found.map((index, k) =>
        h(
          "li",
          {
            role: "option",
            id: `found-${k}`,
            onmousedown: (/** @type {MouseEvent} */ event) => {
              event.preventDefault();
              this.choose(k, event.shiftKey);
            },
          },
          this.names[index],
          h("small", {}, this.about(index)),
        ),
      ),
      this.found.length ? null : h("li", { role: "option", "aria-disabled": "true", class: "quiet" }, t("finder.nobody")),
    );
    this.open(this.input.value.trim() !== "");
  }

  /** @param {boolean} open */
  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.mark();
  }

  close() {
    this.open(false);
  }

  mark() {
    [...this.list.children].forEach((one, k) => one.setAttribute("aria-selected", String(k === this.active)));
    if (this.active >= 0 && !this.list.hidden) this.input.setAttribute("aria-activedescendant", `found-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      event.preventDefault();
      if (this.list.hidden) this.open(true);
      else this.active = (this.active + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.choose(this.active, event.shiftKey);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
    }
  }

  /**
   * @param {number} k
   * @param {boolean} additive
   */
  choose(k, additive) {
    const index = this.found[k];
    if (index === undefined) return;
    this.input.value = "";
    this.close();
    this.chosen(index, additive);
  }
}
