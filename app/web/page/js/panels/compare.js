// @ts-check
/** Two plans side by side: another one beside the one that is shown. */

import { get, stream, upload } from "../api.js";
import { fill, h, later } from "../dom.js";
import { movers, otherOf } from "../pure/compared.js";
import { say, t } from "../texts.js";
import { SecondMap } from "./compare/second_map.js";
import { comparisonParts } from "./compare/told.js";
import { stepText } from "./steps.js";

/** @typedef {import("../store.js").Store} Store */

const WAIT = 250; // milliseconds after the last change of the plan until it is compared again
const STEPS = 30;
const MARKED = 1 / 3; // of all municipalities may be marked without being asked

export class CompareTab {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {any} */
    this.told = null;
    this.name = "";
    /** @type {{ name: string, groups: number[][] } | null} the plan of a file */
    this.file = null;
    /** @type {any[]} */
    this.works = [];
    /** @type {AbortController | null} */
    this.asking = null;
    this.second = new SecondMap(store);
    this.other = h("select", { id: "compare-other", onchange: () => void this.choose() });
    this.chooser = h("input", { type: "file", "aria-label": t("compare.file"), accept: ".csv,.tsv,.txt,.xlsx,.xls,.json,.geojson,.gpkg,.zip", onchange: () => void this.read() });
    this.chooser.classList.add("unseen");
    this.chooser.tabIndex = -1;
    this.marking = h("input", { type: "checkbox", checked: true, onchange: () => this.show() });
    /** @type {string} what was compared last: marks begin anew with another choice */
    this.last = "";
    this.take = h("button", { type: "button", onclick: () => void this.adopt() }, t("compare.take"));
    this.end = h("button", { type: "button", onclick: () => this.close() }, t("compare.end"));
    this.tools = h("div", { class: "compare-tools", hidden: true }, h("label", { class: "check" }, this.marking, t("compare.mark")), h("div", { class: "group" }, this.take, this.end));
    this.status = h("p", { class: "quiet", role: "status" });
    this.box = h("div", { class: "compared" });
    this.element = h("div", { class: "compare" }, h("p", {}, t("compare.about")), h("label", {}, t("compare.other"), this.other), this.chooser, this.tools, this.status, this.box);
    this.again = later(() => this.other.value && void this.ask(), WAIT);
    store.on("work", () => this.list());
    store.on("answer", (name) => (name === "answer" || name === undefined) && store.answer?.status === "done" && (this.list(), this.again()));
    this.list();
  }

  /** @param {boolean} visible */
  shown(visible) {
    if (visible) void this.fetchWorks();
  }

  async fetchWorks() {
    try {
      this.works = (await get("works")).works;
      this.list();
    } catch {
      // the list is as long as it was
    }
  }

  /** Write the list of plans, keeping what is chosen. */
  list() {
    const { work, given, planBefore } = this.store;
    const chosen = this.other.value;
    const option = (/** @type {string} */ value, /** @type {string} */ text) => h("option", { value }, text);
    const group = (/** @type {string} */ key, /** @type {HTMLOptionElement[]} */ options) => (options.length ? h("optgroup", { label: t(key) }, ...options) : null);
    const steps = work.steps
      .map((/** @type {any} */ step, /** @type {number} */ k) => ({ k, text: `${k + 1}. ${stepText(step, given)}` }))
      .filter((/** @type {{ k: number }} */ { k }) => k !== work.position)
      .slice(-STEPS)
      .reverse();
    fill(
      this.other,
      option("", t("compare.none")),
      planBefore ? option("before", t("compare.before")) : null,
      work.groups ? option("best", t("compare.best")) : null,
      ...given.plans.map((/** @type {any} */ plan) => option(`known:${plan.key}`, say(plan.label))),
      this.file ? option("file", this.file.name) : null,
      option("choose", t("compare.file")),
      group("compare.steps", steps.map((/** @type {any} */ { k, text }) => option(`step:${k}`, text))),
      group("compare.works", this.works.filter((one) => one.id !== work.id).map((one) => option(`work:${one.id}`, one.title))),
    );
    this.other.value = [...this.other.options].some((one) => one.value === chosen) ? chosen : "";
    if (chosen && !this.other.value) this.close();
  }

  choose() {
    if (this.other.value === "choose") {
      this.other.value = "";
      this.chooser.click();
      return Promise.resolve();
    }
    return this.other.value ? this.ask() : Promise.resolve(this.close());
  }

  /** Read the plan of a file, which changes nothing else. */
  async read() {
    const file = this.chooser.files?.[0];
    this.chooser.value = "";
    if (!file) return;
    try {
      const told = await upload(`works/${this.store.work.id}/files?only=read`, file);
      if (!told.groups) {
        this.store.tell("notice", { kind: "done", text: t("compare.noplan", { name: told.name }) });
        return;
      }
      this.file = { name: told.name, groups: told.groups };
      this.list();
      this.other.value = "file";
      await this.ask();
    } catch (error) {
      this.store.fail(error);
    }
  }

  async ask() {
    const { store } = this;
    const groups = (/** @type {import("../pure/plan.js").Plan | null} */ plan) => plan?.mergers.map((one) => one.members) ?? [];
    const other = otherOf(this.other.value, { before: groups(store.planBefore), best: groups(store.plan), file: this.file?.groups ?? [] });
    if (!other) return;
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    this.name = this.other.selectedOptions[0]?.textContent ?? "";
    this.status.textContent = t("compare.asking");
    try {
      await stream(`works/${store.work.id}/comparison`, (name, data) => this.heard(name, data), asking.signal, { other, shown: groups(store.drawnPlan ?? store.plan) });
    } catch (error) {
      if (asking.signal.aborted) return;
      this.status.textContent = "";
      store.fail(error);
    }
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  heard(name, data) {
    if (name === "comparison") {
      this.told = data;
      this.status.textContent = "";
      // marks on almost everything would hide both plans
      if (this.last !== this.other.value) this.marking.checked = movers(data.changes).size <= MARKED * this.store.given.municipalities.length;
      this.last = this.other.value;
      this.show();
    } else if (name === "refused") {
      this.told = null;
      this.hide();
      this.status.textContent = say(data.text);
    }
  }

  show() {
    if (!this.told) return;
    const { store } = this;
    const moved = this.marking.checked ? movers(this.told.changes) : null;
    this.tools.hidden = false;
    fill(this.box, ...comparisonParts(store, this.told, this.name));
    store.tell("overlay", moved ? { kind: "difference", moved, label: t("compare.legend") } : null);
    store.tell("mapplan", (/** @type {any} */ shown) => this.second.show(this.name, this.told.plans[1].mergers, moved, shown));
  }

  hide() {
    this.tools.hidden = true;
    fill(this.box);
    if (this.second.isOpen) this.store.tell("overlay", null);
    this.second.close();
  }

  close() {
    this.asking?.abort();
    this.told = null;
    this.other.value = "";
    this.status.textContent = "";
    this.hide();
  }

  /** Take the other plan as the one that is drawn by hand. */
  async adopt() {
    const { store } = this;
    const codes = store.given.municipalities.map((/** @type {any} */ one) => one.code);
    const groups = this.told.plans[1].mergers.map((/** @type {any} */ one) => one.members.map((/** @type {number} */ i) => codes[i]));
    const text = { en: `Taken from: ${this.name}`.slice(0, 300), nl: `Overgenomen van: ${this.name}`.slice(0, 300) };
    this.close();
    if (await store.act({ kind: "draw", groups, said: "open", text })) store.tell("tab", "drawing");
  }
}
