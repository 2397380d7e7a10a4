// @ts-check
/** What the plan that is shown does: before and after, for all, a region, or a merger. */

import { Refused, stream } from "../../api.js";
import { fill, h, later } from "../../dom.js";
import { groupKey, linesOf, mergerWith, sourcesOf } from "../../pure/effects.js";
import { list, number, signed } from "../../pure/format.js";
import { separated } from "../../pure/rows.js";
import { language, say, spokenIn, t, tn } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/effects.js").Effects} Effects */
/** @typedef {import("../../pure/effects.js").Group} Group */
/** @typedef {import("../../pure/effects.js").Line} Line */

const WAIT = 400; // milliseconds after an answer until it is measured
const KINDS = /** @type {const} */ (["superfluous", "simplified", "divided"]);

export class EffectsTab {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.visible = false;
    this.asked = "";
    this.wanted = "all";
    this.stopped = new AbortController();
    /** @type {Effects | null} */
    this.found = null;
    this.scope = h("select", { onchange: () => this.choose() });
    this.save = h("button", { type: "button", onclick: () => this.keep() }, t("effects.save"));
    this.told = h("p", { class: "quiet", role: "status" });
    this.tables = h("div", { class: "families" });
    this.choices = h("div", { class: "group choices", hidden: true }, h("label", {}, h("span", {}, t("effects.scope")), this.scope), this.save);
    this.element = h("div", { class: "effects" }, h("p", { class: "quiet" }, t("effects.about")), this.choices, this.told, this.tables);
    const soon = later(() => this.visible && this.ask(), WAIT);
    for (const topic of ["answer", "work", "preview"]) store.on(topic, soon);
    store.on("selection", () => this.follow());
    store.on("zoom", (name) => name && this.want(`region ${name}`));
  }

  /** @param {boolean} visible */
  shown(visible) {
    this.visible = visible;
    if (visible) this.ask();
  }

  /** Measure the plan that is shown, unless that is done. */
  ask() {
    const { answer, work, shownPlan, drawnPlan, previewed } = this.store;
    if (answer?.status === "asking" && !drawnPlan && !previewed) return; // what was there stays until the answer is there
    const groups = shownPlan?.mergers.map((one) => one.members) ?? [];
    const asked = `${JSON.stringify(work.scenario)} ${JSON.stringify(groups)}`;
    if (asked === this.asked) return;
    this.asked = asked;
    this.stopped.abort();
    if (!groups.length) {
      this.show(null, t("effects.none"));
      return;
    }
    this.told.textContent = t("effects.asking");
    this.stopped = new AbortController();
    void this.listen(`works/${work.id}/effects`, { shown: groups }, this.stopped.signal);
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @param {AbortSignal} signal
   */
  async listen(path, body, signal) {
    try {
      await stream(path, (name, data) => this.heard(name, data), signal, body);
    } catch (error) {
      if (signal.aborted) return;
      this.asked = "";
      this.show(null, error instanceof Refused ? say(error.refusal.text) : t("badge.unreachable"));
    }
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  heard(name, data) {
    if (name === "effects") this.show(data, this.store.scenario.level === "zones" ? t("effects.zones") : "");
    else if (name === "refused") this.show(null, say(data.text));
    else if (name === "cancelled") this.asked = "";
  }

  /**
   * @param {Effects | null} found
   * @param {string} told
   */
  show(found, told) {
    this.found = found;
    this.told.textContent = told;
    this.choices.hidden = !found;
    if (found) this.offer(found);
    else fill(this.tables);
  }

  /** Offer what there is to look at, and keep to what was chosen where it is still there.
   * @param {Effects} found
   */
  offer(found) {
    const option = (/** @type {Group} */ group) => h("option", { value: groupKey(group) }, this.named(group));
    const of = (/** @type {string[]} */ ...levels) => found.groups.filter((one) => levels.includes(one.level));
    const mergers = of("merger").map((group) => ({ group, name: this.named(group) }));
    mergers.sort((a, b) => a.name.localeCompare(b.name, language()));
    fill(
      this.scope,
      ...of("all", "plan", "outside").map(option),
      h("optgroup", { label: t("effects.scope.regions") }, ...of("region").map(option)),
      mergers.length > 0 && h("optgroup", { label: t("effects.scope.mergers") }, ...mergers.map(({ group }) => option(group))),
    );
    this.follow();
    this.draw();
  }

  /**
   * @param {Group} group
   * @returns {string}
   */
  named(group) {
    if (group.level === "region") return group.name;
    if (group.level !== "merger") return t(`effects.scope.${group.level}`);
    const key = group.members.join();
    const seat = this.store.shownPlan?.mergers.find((one) => one.members.join() === key)?.seat ?? group.members[0] ?? 0;
    return `${this.store.given.municipalities[seat].name} +${group.members.length - 1}`;
  }

  choose() {
    this.wanted = this.scope.value;
    const group = this.chosen();
    if (group?.level === "merger") this.store.select(group.members);
    this.draw();
  }

  /** Look at the merger of what is selected. */
  follow() {
    const [first] = this.store.selection;
    const group = first === undefined ? undefined : mergerWith(this.found?.groups ?? [], first);
    if (group) this.want(groupKey(group));
  }

  /** @param {string} key */
  want(key) {
    if (this.wanted === key) return;
    this.wanted = key;
    this.draw();
  }

  /** @returns {Group | undefined} */
  chosen() {
    const groups = this.found?.groups ?? [];
    return groups.find((one) => groupKey(one) === this.wanted) ?? groups[0];
  }

  draw() {
    const group = this.chosen();
    if (!this.found || !group) return;
    const { found } = this;
    this.scope.value = groupKey(group);
    fill(
      this.tables,
      ...linesOf(found, group).map(({ family, lines }) => this.table(found, family, lines)),
      group.bodies.length > 0 && this.bodies(group),
      found.missing.length > 0 && this.missing(found),
      h("details", {}, h("summary", {}, t("effects.sources")), h("ul", {}, ...sourcesOf(found).map((one) => h("li", { lang: spokenIn(one) }, say(one))))),
    );
  }

  /**
   * @param {Effects} found
   * @param {string} family
   * @param {Line[]} lines
   */
  table({ families }, family, lines) {
    const head = ["indicator", "before", "after", "change"].map((key) => h("th", { scope: "col", role: "columnheader", class: key === "indicator" ? null : "number" }, t(`effects.column.${key}`)));
    const told = families[family];
    const body = h("tbody", { role: "rowgroup" }, ...lines.map((line) => this.row(line)));
    // roles are written out: where there is little room, rows are laid out as grids, and browsers forget what they are
    return h("div", { class: "family" }, h("table", { role: "table" }, h("caption", { lang: spokenIn(told) }, say(told)), h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...head)), body));
  }

  /** @param {Line} line */
  row({ indicator, before, after, change, verdict }) {
    const { label, unit, digits, name } = indicator;
    const value = (/** @type {number | null} */ one) => (one === null ? t("effects.unknown") : number(language(), one, digits));
    const isJudged = verdict === "better" || verdict === "worse";
    return h(
      "tr",
      { role: "row", "data-indicator": name },
      h("th", { scope: "row", role: "rowheader" }, h("span", { lang: spokenIn(label) }, say(label)), unit && h("small", { lang: spokenIn(unit) }, say(unit))),
      h("td", { role: "cell", class: before === null ? "unknown" : "number" }, value(before)),
      h("td", { role: "cell", class: after === null ? "unknown" : "number" }, value(after)),
      h("td", { role: "cell", class: `number verdict ${verdict}` }, change === null ? "–" : signed(language(), change, digits), isJudged && h("small", {}, t(`terms.${verdict}`))),
    );
  }

  /** What a merger does to bodies of cooperation, by name.
   * @param {Group} group
   */
  bodies(group) {
    const of = (/** @type {string} */ kind) => group.bodies.filter((one) => one.kind === kind);
    return h(
      "section",
      { class: "bodies" },
      h("h3", {}, t("effects.bodies")),
      ...KINDS.filter((kind) => of(kind).length > 0).flatMap((kind) => [h("h4", {}, t(`effects.bodies.${kind}`)), h("ul", {}, ...of(kind).map((one) => h("li", {}, this.body(one))))]),
    );
  }

  /** @param {import("../../pure/effects.js").Body} one */
  body({ kind, layer, body, outside, before, after }) {
    const { given } = this.store;
    const known = given.layers.find((/** @type {any} */ other) => other.key === layer);
    const name = `${body} (${say(known?.one) || layer})`;
    if (kind === "superfluous") return t("effects.body.superfluous", { name, n: before });
    if (kind === "simplified") return t("effects.body.simplified", { name, before, after });
    return tn("effects.body.divided", outside.length, { name, who: list(language(), outside.map((i) => given.municipalities[i].name)) });
  }

  /** @param {Effects} found */
  missing({ missing }) {
    return h(
      "section",
      { class: "lacking" },
      h("h3", {}, t("effects.missing")),
      h("ul", {}, ...missing.map(({ labels, faults }) => h("li", {}, h("b", {}, labels.map(say).join("; ")), ...faults.map(({ text }) => h("div", { lang: spokenIn(text) }, say(text)))))),
    );
  }

  /** Save all values as a table: a line for each group and indicator. */
  keep() {
    if (!this.found) return;
    const { groups, indicators } = this.found;
    const decimal = (/** @type {number | null} */ value) => (value === null ? "" : language() === "nl" ? String(value).replace(".", ",") : String(value));
    const head = ["scope", "indicator", "before", "after"].map((key) => t(`effects.file.${key}`));
    const lines = groups.flatMap((group) => indicators.map((one, at) => [this.named(group), say(one.label), decimal(group.before[at] ?? null), decimal(group.after[at] ?? null)]));
    const text = separated([head, ...lines], language() === "nl" ? ";" : ",");
    const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    h("a", { href: address, download: `${t("effects.file.name")}.csv` }).click();
    URL.revokeObjectURL(address);
  }
}
