// @ts-check
/** The badge of proof: what is known of the plan on the map, live while it is looked for. */

import { fill, h } from "../../dom.js";
import { list, number, percent, points } from "../../pure/format.js";
import { standingOf } from "../../pure/standing.js";
import { language, say, spokenIn, t, tn } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/standing.js").Standing} Standing */

const SIGNS = { waiting: "…", asking: "…", optimal: "✓", feasible: "≈", infeasible: "✕", open: "?", cancelled: "■", refused: "✕", unreachable: "!" };

const LONGER = 600; // seconds to look further for a proof
const NAMED = 2; // regions that are named; more are counted
const PATIENCE = 2000; // milliseconds after which it is said how long it takes already

/**
 * How many regions a question is about.
 * @param {Store} store
 */
export const totalOf = (store) => (store.scenario.frames?.regions === false ? 1 : store.given.regions.length);

export class Badge {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.sign = h("span", { class: "sign", "aria-hidden": "true" });
    this.title = h("strong");
    this.about = h("p", { class: "quiet" });
    this.other = h("p", { class: "other", hidden: true });
    this.bar = h("progress", { "aria-label": t("badge.progress"), max: 1, value: 0 });
    this.stop = h("button", { type: "button", title: t("badge.cancel.title"), onclick: () => store.cancel() }, t("badge.cancel"));
    this.again = h("button", { type: "button", onclick: () => store.ask() }, t("badge.again"));
    this.longer = h("button", { type: "button", title: t("badge.longer.title", { n: LONGER / 60 }), onclick: () => store.ask(LONGER) }, t("badge.longer"));
    this.why = h("button", { type: "button", onclick: () => store.tell("tab", "answer") }, t("badge.why"));
    const buttons = h("div", { class: "group" }, this.stop, this.why, this.longer, this.again);
    this.element = h("div", { class: "badge" }, this.sign, h("div", { class: "words" }, this.title, this.about, this.other, this.bar), buttons);
    this.spoken = "";
    window.setInterval(() => store.answer?.status === "asking" && this.show(), 1000);
    store.on("answer", () => this.show());
    store.on("work", () => this.show());
    store.on("preview", () => this.show());
    this.show();
  }

  show() {
    const { answer } = this.store;
    const standing = standingOf(answer, totalOf(this.store));
    const { kind } = standing;
    this.element.dataset.kind = kind;
    this.sign.textContent = SIGNS[kind];
    this.title.textContent = titleOf(standing);
    this.describe(standing);
    const { previewed, work } = this.store;
    this.other.hidden = !previewed && !work.groups;
    this.other.textContent = this.other.hidden ? "" : t(previewed ? "badge.previewed" : "badge.drawn");
    this.bar.hidden = kind !== "asking";
    this.bar.max = Math.max(1, standing.total);
    this.bar.value = standing.answered;
    this.stop.hidden = kind !== "asking";
    this.why.hidden = !answer?.clashes.length;
    this.longer.hidden = kind !== "feasible" && kind !== "open";
    this.again.hidden = kind !== "cancelled" && kind !== "unreachable";
    this.announce(standing);
  }

  /** @param {Standing} standing */
  describe(standing) {
    const { answer } = this.store;
    if (standing.kind === "refused" && answer?.clashes.length) fill(this.about, t("badge.refused.clash"));
    else if (standing.kind === "refused" && answer?.refusal) {
      const { text } = answer.refusal;
      fill(this.about, h("span", { lang: spokenIn(text) }, say(text)));
    } else fill(this.about, [aboutOf(standing, answer?.whole, this.store.scenario.level), standing.kind === "asking" && soFar(answer), standing.kind === "asking" && waited(answer?.begun)].filter(Boolean).join(", "));
  }

  /** Say an answer once to those who hear the page.
   * @param {Standing} standing
   */
  announce(standing) {
    const { answer } = this.store;
    if (!answer || standing.kind === "asking" || standing.kind === "waiting") return;
    const said = `${answer.digest} ${standing.kind}`;
    if (said === this.spoken) return;
    this.spoken = said;
    this.store.tell("spoken", [titleOf(standing), this.about.textContent].filter(Boolean).join(". "));
  }
}

/**
 * @param {Standing} standing
 * @returns {string}
 */
export function titleOf({ kind, without, gap, answered, total }) {
  const lang = language();
  if (kind === "feasible") return gap === null ? t("badge.feasible.unknown") : t("badge.feasible", { gap: percent(lang, gap, gap < 0.001 ? 3 : 1) });
  if (kind === "infeasible") return without.length > NAMED ? t("badge.infeasible.other", { n: without.length }) : t("badge.infeasible.few", { who: list(lang, without) });
  if (kind === "cancelled") return t("badge.cancelled", { n: answered, total });
  return t(`badge.${kind}`);
}

/**
 * @param {Standing} standing
 * @param {any} whole
 * @param {string} level of the scenario
 * @returns {string}
 */
function aboutOf(standing, whole, level) {
  const lang = language();
  const { kind, answered, total, proved } = standing;
  if (kind === "asking") return total > 1 ? t("badge.asking.about", { n: answered, total }) : "";
  if (kind === "open") return standing.open.length > NAMED ? t("badge.open.several", { n: standing.open.length }) : t("badge.open.about", { who: list(lang, standing.open) });
  if (kind === "infeasible") return total > 1 ? tn("badge.infeasible.about", proved, { total }) : "";
  if (kind === "feasible") return total > 1 ? tn("badge.feasible.about", proved, { total }) : "";
  if (kind !== "optimal" || !whole) return kind === "cancelled" || kind === "unreachable" ? t(`badge.${kind}.about`) : "";
  const seconds = number(lang, whole.seconds, whole.seconds < 10 ? 1 : 0);
  return [countsText(whole.counts, level), t("badge.points", { points: points(lang, whole.score_nano) }), t("badge.seconds", { seconds })].join(", ");
}

/**
 * Say how good the best plan so far is of a region that takes long.
 * @param {import("../../store.js").Answer | null} answer
 */
function soFar(answer) {
  const last = [...(answer?.incumbents.values() ?? [])].findLast((one) => !answer?.regions.has(one.name));
  if (!last) return false;
  const gap = last.gap === null ? "" : percent(language(), last.gap);
  return gap ? t("badge.sofar.gap", { region: last.name, gap }) : t("badge.sofar", { region: last.name });
}

/**
 * Say how long an answer is looked for already; nothing at first.
 * @param {number | undefined} begun
 */
function waited(begun) {
  const passed = performance.now() - (begun ?? Infinity);
  return passed > PATIENCE && t("badge.seconds", { seconds: number(language(), passed / 1000) });
}

/**
 * @param {Record<string, number>} counts
 * @param {string} level of the scenario: of zones alone, the parts of a plan are zones
 * @returns {string}
 */
export function countsText(counts, level) {
  const merged = tn(level === "zones" ? "count.zones" : "count.mergers", counts.mergers, { n: number(language(), counts.mergers) });
  return counts.zones ? `${tn("count.zones", counts.zones)}, ${merged}` : merged;
}
