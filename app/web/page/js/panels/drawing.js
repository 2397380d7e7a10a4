// @ts-check
/** Drawing by hand: begun from the answer or from nothing, judged at every step, completed as well as possible. */

import { stream } from "../api.js";
import { byId, h } from "../dom.js";
import { brokenMergers, calledAfter } from "../pure/drawn.js";
import { say, t, tn } from "../texts.js";
import { Choices } from "./drawing/choices.js";
import { DrawnVerdict } from "./drawing/verdict.js";

/** @typedef {import("../store.js").Store} Store */

export class DrawingTab {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.region = h("select", {}, h("option", { value: "" }, t("stage.region.all")), ...store.given.regions.map((/** @type {string} */ name) => h("option", { value: name }, name)));
    this.begin = h(
      "div",
      { class: "drawing-begin" },
      h("p", {}, t("drawing.about")),
      h("label", {}, t("drawing.where"), this.region),
      h("div", { class: "group" },
        h("button", { type: "button", class: "main", onclick: () => void this.start(true) }, t("drawing.from.answer")),
        h("button", { type: "button", onclick: () => void this.start(false) }, t("drawing.from.nothing")),
      ),
    );
    this.exactly = h("input", { type: "checkbox", checked: true });
    this.completing = h("button", { type: "button", class: "main", onclick: () => void this.complete() }, t("drawing.complete"));
    this.stop = h("button", { type: "button", onclick: () => void this.end() }, t("drawing.stop"));
    this.best = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.compare() }, t("drawing.look"));
    const verdict = new DrawnVerdict(store);
    this.at = h(
      "div",
      { class: "drawing-at" },
      verdict.element,
      new Choices(store).element,
      h("section", {}, h("h3", {}, t("drawing.finish")), h("label", { class: "check" }, this.exactly, t("drawing.exactly")), h("div", { class: "group" }, this.completing, this.best, this.stop)),
      verdict.table,
    );
    this.element = h("div", { class: "drawing" }, this.begin, this.at);
    this.mark = h("p", { class: "drawn-mark" });
    byId("stage-tools").append(this.mark);
    store.on("work", () => this.show());
    store.on("answer", () => this.marks());
    store.on("preview", () => this.show());
    store.on("zoom", (name) => (this.region.value = name ?? ""));
    this.show();
  }

  show() {
    const { work, previewed } = this.store;
    const drawn = work.groups !== null;
    this.begin.hidden = drawn;
    this.at.hidden = !drawn;
    this.mark.hidden = !drawn;
    this.best.setAttribute("aria-pressed", String(Boolean(previewed)));
    this.mark.textContent = t(previewed ? "drawing.mark.best" : "drawing.mark");
    this.marks();
  }

  /** Mark the mergers that break rules on the map. */
  marks() {
    const { work, answer, previewed } = this.store;
    this.store.tell("broken", work.groups && !previewed ? brokenMergers(answer?.evaluation ?? null) : []);
  }

  /** @param {boolean} answered */
  async start(answered) {
    const { store } = this;
    const { municipalities, regions } = store.given;
    const region = regions.indexOf(this.region.value);
    const within = (/** @type {number} */ i) => region < 0 || municipalities[i].region === region;
    const mergers = answered ? (store.plan?.mergers ?? []).filter((one) => within(one.seat)) : [];
    const groups = mergers.map((one) => one.members.map((i) => municipalities[i].code));
    if (answered && !groups.length) store.tell("notice", { kind: "done", text: t("drawing.noanswer") });
    else if (await store.act({ kind: "draw", groups, said: answered ? "draw.begin" : "draw.blank" })) {
      if (region >= 0) store.tell("zoom", this.region.value);
    }
  }

  end() {
    return this.store.act({ kind: "draw", groups: null, said: "draw.stop" });
  }

  /** Look at the best plan for a while. */
  compare() {
    this.store.preview(this.store.previewed ? null : this.store.plan);
  }

  async complete() {
    const { store } = this;
    this.completing.disabled = true;
    /** @type {any} */
    let told = null;
    try {
      const body = { exactly: this.exactly.checked };
      await stream(`works/${store.work.id}/complete`, (name, data) => {
        if (name === "completion") told = data;
        else if (name === "refused") store.tell("notice", { kind: "error", refusal: data });
      }, new AbortController().signal, body);
      if (told) await this.take(told);
    } catch (error) {
      store.fail(error);
    } finally {
      this.completing.disabled = false;
    }
  }

  /**
   * Ask for what was drawn as locks, and say which of it no plan can keep.
   * @param {any} told
   */
  async take(told) {
    const { store } = this;
    if (!(await store.act({ kind: "replace", scenario: told.scenario, said: "draw.complete", stop: true }))) return;
    const lines = told.unkept.map((/** @type {any} */ one) => t("drawing.unkept", { name: calledAfter(one.members, store.given.municipalities).name, why: say(one.reason.text) }));
    store.tell("notice", { kind: "done", text: [tn("drawing.completed", told.kept.length), ...lines].join("; "), key: "drawing" });
    store.tell("tab", "answer");
  }
}

