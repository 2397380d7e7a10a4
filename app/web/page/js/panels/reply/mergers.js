// @ts-check
/** The table of mergers: the map's equal, from which everything can be done. */

import { fill, h, later } from "../../dom.js";
import { byName, number } from "../../pure/format.js";
import { filteredRows, rowsOf, separated, sortedRows } from "../../pure/rows.js";
import { language, t, tn } from "../../texts.js";
import { decidedShort, MergerRow } from "./merger_row.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/rows.js").Row} Row */
/** @typedef {import("../../pure/rows.js").Column} Column */

const COLUMNS = /** @type {const} */ (["name", "inhabitants", "members", "score", "decided"]);
const WAIT = 60; // milliseconds after the last answer of a region until the table is written again

export class MergersTab {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {{ column: Column, descending: boolean }} */
    this.order = { column: "name", descending: false };
    /** @type {"mergers" | "zones"} */
    this.level = "mergers";
    this.visible = false;
    /** @type {Set<number>} seats of the mergers whose members are listed */
    this.open = new Set();
    /** @type {Map<string, MergerRow>} */
    this.rows = new Map();
    this.search = h("input", { type: "search", "aria-label": t("mergers.search"), placeholder: t("mergers.search"), oninput: () => this.show() });
    this.region = h("select", { "aria-label": t("mergers.region"), onchange: () => this.show() });
    this.levels = h("div", { class: "group", role: "group", "aria-label": t("mergers.level"), hidden: true });
    this.count = h("p", { class: "quiet", role: "status" });
    this.head = h("tr");
    this.body = h("tbody", { onkeydown: (/** @type {KeyboardEvent} */ event) => this.walk(event) });
    const copy = h("button", { type: "button", onclick: () => void this.copy() }, t("mergers.copy"));
    const save = h("button", { type: "button", onclick: () => this.save() }, t("mergers.save"));
    this.element = h(
      "div",
      { class: "mergers" },
      h("div", { class: "group" }, this.search, this.region, this.levels, this.count),
      h("table", {}, h("caption", { class: "unseen" }, t("mergers.caption")), h("thead", {}, this.head), this.body),
      h("div", { class: "group" }, copy, save),
    );
    fill(this.region, h("option", { value: "" }, t("mergers.region.all")), ...store.given.regions.map((/** @type {string} */ name) => h("option", { value: name }, name)));
    const soon = later(() => this.show(), WAIT);
    for (const topic of ["answer", "work", "preview"]) store.on(topic, soon);
    store.on("selection", () => this.visible && this.rows.forEach((row) => row.mark()));
    this.heads();
  }

  /** @param {boolean} visible */
  shown(visible) {
    this.visible = visible;
    if (visible) this.show();
  }

  heads() {
    fill(
      this.head,
      ...COLUMNS.map((column) => {
        const own = this.order.column === column;
        const sorted = own ? (this.order.descending ? "descending" : "ascending") : "none";
        const button = h("button", { type: "button", class: "link", title: t(`mergers.column.${column}.title`), onclick: () => this.sort(column) }, t(`mergers.column.${column}`));
        if (own) button.append(h("span", { "aria-hidden": "true" }, this.order.descending ? " ▾" : " ▴"));
        return h("th", { scope: "col", "aria-sort": sorted, class: column === "name" ? null : "number" }, button);
      }),
    );
  }

  /** @param {Column} column */
  sort(column) {
    const descending = this.order.column === column ? !this.order.descending : column !== "name";
    this.order = { column, descending };
    this.heads();
    /** @type {HTMLElement | null | undefined} */ (this.head.children[COLUMNS.indexOf(column)]?.querySelector("button"))?.focus();
    this.show();
  }

  /** What the rows are: in a plan of zones alone, its parts are zones. */
  get named() {
    return this.store.scenario.level === "zones" ? "zones" : this.level;
  }

  /** The rows as they are sorted and filtered.
   * @returns {Row[]}
   */
  chosen() {
    const { shownPlan, answer, given, work, previewed } = this.store;
    const parts = shownPlan ? shownPlan[this.level] : [];
    const broken = work.groups && !previewed ? (answer?.evaluation?.broken ?? []) : [];
    const rows = rowsOf(parts, given, (key) => answer?.decisions.get(`${this.level} ${key}`), broken);
    const { column, descending } = this.order;
    return sortedRows(filteredRows(rows, this.search.value, this.region.value), column, descending, byName(language()));
  }

  show() {
    if (!this.visible) return;
    this.showLevels();
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.focus;
    const chosen = this.chosen();
    const rows = new Map();
    for (const row of chosen) {
      const known = this.rows.get(row.key);
      rows.set(row.key, known?.is(row, this.named) ? known : new MergerRow(this.store, row, this.open, this.named));
    }
    this.rows = rows;
    fill(this.body, ...[...rows.values()].flatMap((row) => row.elements));
    if (focused) /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-focus="${CSS.escape(focused)}"]`))?.focus();
    const merged = this.named === "zones" ? chosen.length : chosen.filter((row) => row.members.length > 1).length;
    this.count.textContent = this.store.shownPlan ? [tn(`count.${this.named}`, merged), ...(chosen.length > merged ? [tn("count.single", chosen.length - merged)] : [])].join(", ") : t("mergers.none");
  }

  showLevels() {
    const nested = Boolean(this.store.shownPlan?.zones.length);
    this.levels.hidden = !nested;
    if (!nested) this.level = "mergers";
    if (nested === this.levels.childElementCount > 0) return;
    const choose = (/** @type {"mergers" | "zones"} */ level) => () => {
      this.level = level;
      for (const button of this.levels.children) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.level === level));
      this.show();
    };
    const levels = /** @type {const} */ (["mergers", "zones"]);
    fill(this.levels, ...(nested ? levels.map((level) => h("button", { type: "button", "data-level": level, "aria-pressed": String(level === this.level), onclick: choose(level) }, t(`mergers.level.${level}`))) : []));
  }

  /** Arrows move from row to row; right and left open and close one.
   * @param {KeyboardEvent} event
   */
  walk(event) {
    const from = event.target instanceof HTMLElement ? event.target.closest("tr") : null;
    if (!from) return;
    const rows = [...this.rows.values()];
    const at = rows.findIndex((row) => row.elements.includes(from));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) rows[Math.max(0, Math.min(rows.length - 1, to))]?.button.focus();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") rows[at]?.unfold(event.key === "ArrowRight");
    else return;
    event.preventDefault();
  }

  /** The table with a head and one line for each merger.
   * @returns {(string | number)[][]}
   */
  lines() {
    const head = ["name", "region", "inhabitants", "members", "score", "decided", "list"].map((key) => t(`mergers.file.${key}`));
    const lines = this.chosen().map((row) => [
      row.name,
      row.region,
      row.inhabitants,
      row.members.length,
      number(language(), row.score_nano / 1e9, 6).replace(/[\s\u00a0]/g, "").replace("\u2212", "-"),
      decidedShort(row.decision),
      row.names.join("; "),
    ]);
    return [head, ...lines];
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(separated(this.lines(), "\t"));
      this.store.tell("notice", { kind: "done", text: t("mergers.copied") });
    } catch {
      this.store.tell("notice", { kind: "done", text: t("mergers.uncopied") });
    }
  }

  save() {
    const text = separated(this.lines(), language() === "nl" ? ";" : ",");
    const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    h("a", { href: address, download: `${t(`mergers.level.${this.named}`)}.csv` }).click();
    URL.revokeObjectURL(address);
  }
}
