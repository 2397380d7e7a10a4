// @ts-check
/** What good plans agree on: which neighbours they all merge, which none does, and what is open. */

import { Refused, stream } from "../../api.js";
import { fill, h, later } from "../../dom.js";
import { number } from "../../pure/format.js";
import { openPairs } from "../../pure/settled.js";
import { language, say, t } from "../../texts.js";
import { lossChoice } from "./alternatives.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("../../pure/settled.js").RegionAgreement} RegionAgreement */

const WAIT = 400; // milliseconds after an answer until it is asked again
const OVERLAY = "agreement";

export class AgreementSection {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.asked = "";
    this.stopped = new AbortController();
    /** @type {RegionAgreement[]} */
    this.regions = [];
    this.loss = lossChoice(0.5, () => this.isWanted && this.ask());
    this.button = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.toggle() }, t("agreement.show"));
    this.told = h("p", { class: "quiet", role: "status" });
    this.rows = h("tbody");
    const heads = ["region", "plans", "together", "open"].map((key) => h("th", { scope: "col", class: key === "region" ? null : "number" }, t(`agreement.column.${key}`)));
    this.table = h("table", { hidden: true }, h("caption", { class: "unseen" }, t("agreement.title")), h("thead", {}, h("tr", {}, ...heads)), this.rows);
    this.element = h(
      "section",
      {},
      h("h3", {}, t("agreement.title")),
      h("p", { class: "quiet" }, t("agreement.about")),
      h("div", { class: "group choices" }, this.loss.label, this.button),
      this.told,
      this.table,
    );
    const soon = later(() => this.isWanted && this.ask(), WAIT);
    store.on("answer", soon);
    store.on("wanted", (what) => what === OVERLAY && this.ask());
    store.on("preferences", (changed) => "overlay" in changed && this.mark());
    this.mark();
    soon();
  }

  /** Whether the overlay is chosen, here or above the map. */
  get isWanted() {
    return this.store.preferences.overlay === OVERLAY;
  }

  toggle() {
    const shown = !this.isWanted;
    this.store.prefer({ overlay: shown ? OVERLAY : "" });
    if (shown) this.ask();
    else this.store.tell("overlay", null);
  }

  mark() {
    this.button.setAttribute("aria-pressed", String(this.isWanted));
  }

  /** Ask what good plans agree on, or show it where it is known. */
  ask() {
    const { answer, work, scenario } = this.store;
    if (answer?.status !== "done") return;
    const asked = `${work.digest} ${this.loss.select.value}`;
    if (asked === this.asked) {
      this.lay();
      return;
    }
    this.stopped.abort();
    this.asked = asked;
    this.regions = [];
    this.show();
    if (scenario.level === "nested") {
      this.fail(t("alternatives.nested"));
      return;
    }
    this.told.textContent = t("agreement.asking");
    this.stopped = new AbortController();
    void this.listen(`works/${work.id}/agreement?loss=${this.loss.select.value}`, this.stopped.signal);
  }

  /**
   * @param {string} path
   * @param {AbortSignal} signal
   */
  async listen(path, signal) {
    try {
      await stream(path, (name, data) => this.heard(name, data), signal);
    } catch (error) {
      if (!signal.aborted) this.fail(error instanceof Refused ? say(error.refusal.text) : t("badge.unreachable"));
    }
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  heard(name, data) {
    if (name === "agreement") {
      this.regions.push(data);
      this.show();
      this.lay();
    } else if (name === "refused") this.fail(say(data.text));
    else if (name === "cancelled") this.asked = "";
    else if (name === "end" && this.asked) this.told.textContent = "";
  }

  /** @param {string} why */
  fail(why) {
    this.asked = "";
    this.told.textContent = why;
    if (!this.isWanted) return;
    this.store.prefer({ overlay: "" });
    this.store.tell("overlay", null);
    this.store.tell("notice", { kind: "done", text: why });
  }

  /** Lay it over the map. */
  lay() {
    if (this.isWanted) this.store.tell("overlay", { kind: OVERLAY, pairs: this.regions.flatMap((one) => one.pairs) });
  }

  show() {
    const lang = language();
    this.table.hidden = this.regions.length === 0;
    fill(
      this.rows,
      ...this.regions.map((one) => {
        const { together, open } = openPairs(one);
        const plans = number(lang, one.plans);
        const zoom = h("button", { type: "button", class: "link", title: t("regions.zoom", { name: one.region }), onclick: () => this.store.tell("zoom", one.region) }, one.region);
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, zoom),
          h("td", { class: "number" }, one.is_exact ? plans : t("agreement.best", { n: plans })),
          h("td", { class: "number" }, number(lang, together)),
          h("td", { class: "number" }, number(lang, open)),
        );
      }),
    );
  }
}
