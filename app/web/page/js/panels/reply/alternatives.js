// @ts-check
/** Other good plans of a region, as small maps with their price: look at one, or take it. */

import { Refused, stream } from "../../api.js";
import { fill, h, later } from "../../dom.js";
import { thumbnail } from "../../map/thumbnail.js";
import { number, price } from "../../pure/format.js";
import { replaced } from "../../pure/replaced.js";
import { mapPlan } from "../../pure/shown.js";
import { boxOf } from "../../pure/viewbox.js";
import { language, say, spokenIn, t, tn } from "../../texts.js";
import { moveText, summaryText } from "../../words/changes.js";
import { sentence } from "../../words/clashes.js";
import { AgreementSection } from "./agreement.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/plan.js").Plan} Plan */

/** Points that a good plan may lack. */
export const LOSSES = [0.1, 0.25, 0.5, 1, 2];
const MOVES = 3; // that are written before the rest is folded
const WAIT = 400; // milliseconds after an answer until its alternatives are looked for
const EDGE = 3; // around the region on a small map, in units of the map

/**
 * A choice of what may be lost.
 * @param {number} usual
 * @param {() => void} chosen
 * @returns {{ select: HTMLSelectElement, label: HTMLLabelElement }}
 */
export function lossChoice(usual, chosen) {
  const options = LOSSES.map((one) => h("option", { value: String(one), selected: one === usual }, tn("alternatives.loss.points", one, { n: number(language(), one, 2, 0) })));
  const select = h("select", { onchange: chosen }, ...options);
  return { select, label: h("label", {}, h("span", {}, t("alternatives.loss")), select) };
}

export class AlternativesTab {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.visible = false;
    this.asked = "";
    this.stopped = new AbortController();
    /** @type {any} */
    this.found = null;
    this.region = h("select", { onchange: () => this.ask() }, ...store.given.regions.map((/** @type {string} */ name) => h("option", { value: name }, name)));
    this.loss = lossChoice(0.5, () => this.ask());
    this.told = h("p", { class: "quiet", role: "status" });
    this.list = h("ol", { class: "alternatives" });
    const regionLabel = h("label", {}, h("span", {}, t("alternatives.region")), this.region);
    const settled = new AgreementSection(store);
    this.element = h(
      "div",
      { class: "others" },
      h("section", {}, h("h3", {}, t("alternatives.title")), h("p", { class: "quiet" }, t("alternatives.about")), h("div", { class: "group choices" }, regionLabel, this.loss.label), this.told, this.list),
      settled.element,
    );
    const soon = later(() => this.visible && this.ask(), WAIT);
    store.on("answer", soon);
    store.on("preview", () => this.mark());
    store.on("zoom", (name) => name && this.choose(name));
    store.on("selection", () => this.follow());
  }

  /** @param {boolean} visible */
  shown(visible) {
    this.visible = visible;
    if (!visible) return;
    this.follow();
    this.ask();
  }

  /** Choose the region of what is selected. */
  follow() {
    const [first] = this.store.selection;
    if (first !== undefined) this.choose(this.store.given.regions[this.store.given.municipalities[first].region]);
  }

  /** @param {string} region */
  choose(region) {
    if (this.region.value === region) return;
    this.region.value = region;
    if (this.visible) this.ask();
  }

  /** Look for the alternatives, unless they are there. */
  ask() {
    const { answer, work, scenario } = this.store;
    if (answer?.status !== "done") return;
    const whole = scenario.frames?.regions === false;
    /** @type {HTMLElement} */ (this.region.parentElement).hidden = whole;
    const asked = `${work.digest} ${whole} ${this.region.value} ${this.loss.select.value}`;
    if (asked === this.asked) return;
    this.asked = asked;
    this.stopped.abort();
    fill(this.list);
    if (scenario.level === "nested") {
      this.told.textContent = t("alternatives.nested");
      return;
    }
    this.told.textContent = t("alternatives.asking");
    this.stopped = new AbortController();
    const given = new URLSearchParams({ loss: this.loss.select.value, ...(whole ? {} : { region: this.region.value }) });
    void this.listen(`works/${work.id}/alternatives?${given}`, this.stopped.signal);
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   */
  async listen(path, signal) {
    try {
      await stream(path, (name, data) => this.heard(name, data), signal);
    } catch (error) {
      if (signal.aborted) return;
      this.asked = "";
      this.told.textContent = error instanceof Refused ? say(error.refusal.text) : t("badge.unreachable");
    }
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  heard(name, data) {
    if (name === "alternatives") this.show(data);
    else if (name === "refused") this.told.textContent = say(data.text);
    else if (name === "cancelled") this.asked = "";
  }

  /** @param {any} found plans of a region */
  show(found) {
    this.found = found;
    const others = Math.max(0, found.plans.length - 1);
    const note = found.is_all && found.plans.length ? t("alternatives.all") : found.note ? `${sentence(say(found.note))}.` : "";
    this.told.textContent = [...(found.plans.length ? [tn("alternatives.found", others, { region: found.region })] : []), note].join(" ");
    const [best] = found.plans;
    if (!best) return;
    const within = new Set(/** @type {number[]} */ (best.mergers.flatMap((/** @type {any} */ one) => one.members)));
    fill(this.list, ...found.plans.map((/** @type {any} */ one) => this.card(one, within)));
    this.mark();
  }

  /**
   * The plan of all regions with an alternative in its place.
   * @param {any} one
   * @returns {Plan | null}
   */
  planWith(one) {
    const plan = this.store.drawnPlan ?? this.store.plan;
    return plan && replaced(plan, one.mergers);
  }

  /**
   * @param {any} one
   * @param {Set<number>} within
   */
  card(one, within) {
    const { given, work } = this.store;
    const lang = language();
    const name = one.rank === 1 ? t("alternatives.best") : t("alternatives.name", { n: one.rank - 1 });
    const look = h("button", { type: "button", "aria-pressed": "false", "data-rank": one.rank, onclick: () => this.look(one) }, t("alternatives.show"));
    const take = h("button", { type: "button", class: "main", onclick: () => void this.take(one) }, t("alternatives.adopt"));
    const moves = one.changes.moves.map((/** @type {any} */ move) => h("li", {}, moveText(move, given)));
    return h(
      "li",
      {},
      this.picture(one, within, name),
      h(
        "div",
        {},
        h("h4", {}, name),
        one.rank > 1 && h("p", {}, h("b", {}, one.loss_nano ? t("alternatives.price", { points: price(lang, one.loss_nano) }) : t("alternatives.tie")), one.words && h("span", { lang: spokenIn(one.words) }, `: ${say(one.words)}`)),
        one.rank > 1 && h("p", { class: "quiet" }, summaryText(one.changes, "alternatives")),
        moves.length > 0 && h("ul", {}, ...moves.slice(0, MOVES)),
        moves.length > MOVES && h("details", {}, h("summary", {}, tn("changes.more", moves.length - MOVES)), h("ul", {}, ...moves.slice(MOVES))),
        h("div", { class: "group" }, look, (one.rank > 1 || work.groups) && take),
      ),
    );
  }

  /**
   * @param {any} one
   * @param {Set<number>} within
   * @param {string} name
   */
  picture(one, within, name) {
    const { geometry, given } = this.store;
    const plan = this.planWith(one);
    if (!plan) return null;
    const shown = mapPlan(plan, given);
    const picture = thumbnail(geometry, { ...shown, colours: this.store.colouring(shown) }, t("alternatives.picture", { name }), within);
    const boxes = [...within].map((i) => boxOf(geometry.municipalities[i].path));
    const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
    const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
    picture.setAttribute("viewBox", `${left - EDGE} ${top - EDGE} ${right - left + 2 * EDGE} ${bottom - top + 2 * EDGE}`);
    return picture;
  }

  /** Look at an alternative on the map, or no longer.
   * @param {any} one
   */
  look(one) {
    this.looked = this.store.previewed && this.looked === one.rank ? 0 : one.rank;
    this.store.preview(this.looked ? this.planWith(one) : null);
    if (this.looked && this.found) this.store.tell("zoom", this.found.region);
    this.mark();
  }

  mark() {
    if (!this.store.previewed) this.looked = 0;
    for (const button of this.list.querySelectorAll("button[data-rank]")) {
      button.setAttribute("aria-pressed", String(Number(/** @type {HTMLElement} */ (button).dataset.rank) === this.looked));
    }
  }

  /** Take an alternative: it is the plan that is drawn from now on.
   * @param {any} one
   */
  async take(one) {
    const plan = this.planWith(one);
    if (!plan) return;
    const { municipalities } = this.store.given;
    const code = (/** @type {number} */ i) => municipalities[i].code;
    const moving = one.changes.moves.flatMap((/** @type {any} */ move) => move.municipalities);
    const taken = await this.store.act({
      kind: "draw",
      groups: plan.mergers.map((merger) => merger.members.map(code)),
      said: "adopt",
      municipalities: (moving.length ? moving : [one.mergers[0].seat]).map(code),
    });
    if (taken) this.store.tell("notice", { kind: "done", text: t("alternatives.adopted") });
  }
}
