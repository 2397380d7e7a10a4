// @ts-check
/** What can be done by hand with what is selected, and what speaks against it. */

import { post } from "../../api.js";
import { fill, h, later } from "../../dom.js";
import { list, number } from "../../pure/format.js";
import { calledAfter } from "../../pure/drawn.js";
import { language, say, spokenIn, t, tn } from "../../texts.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {{ change: string, to: number | null, members: number[], reason: any, possible: boolean }} Choice */

const WAIT = 60; // milliseconds after the last change of the selection
const NAMED = 4;

export class Choices {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Choice[]} */
    this.choices = [];
    this.who = h("p");
    this.box = h("div", { class: "drawing-can" });
    this.pick = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.store.pickOnMap(this.store.picking ? null : (index) => void this.moveTo(index)) }, t("drawing.onmap"));
    this.element = h("section", { class: "drawing-choices" }, h("h3", {}, t("drawing.selection")), this.who, this.pick, this.box);
    this.ask = later(() => void this.asked(), WAIT);
    store.on("selection", () => this.ask());
    store.on("work", () => this.ask());
    store.on("picking", () => this.pick.setAttribute("aria-pressed", String(Boolean(store.picking))));
    this.show();
  }

  async asked() {
    const { store } = this;
    if (!store.work.groups) return;
    const codes = store.selectedCodes;
    try {
      this.choices = codes.length ? (await post(`works/${store.work.id}/choices`, { municipalities: codes })).choices : [];
    } catch {
      this.choices = []; // the next change of the selection asks again
    }
    if (codes.join() === store.selectedCodes.join()) this.show();
  }

  show() {
    const { selection, given } = this.store;
    const names = [...selection].map((i) => given.municipalities[i].name);
    const shown = names.length > NAMED ? [...names.slice(0, NAMED), t("step.more", { n: names.length - NAMED })] : names;
    this.who.textContent = names.length ? list(language(), shown) : t("drawing.select");
    this.pick.hidden = !names.length;
    if (!names.length) this.store.pickOnMap(null);
    const kinds = ["move", "merge", "alone", "split", "best"];
    const lists = kinds.map((kind) => ({ kind, own: this.choices.filter((one) => one.change === kind) })).filter(({ own }) => own.length);
    fill(this.box, ...lists.flatMap(({ kind, own }) => [h("h4", {}, t(`drawing.choice.${kind}`)), h("ul", {}, ...own.map((one) => this.item(one)))]));
  }

  /** @param {Choice} choice */
  item(choice) {
    const { name, others, inhabitants } = calledAfter(choice.members, this.store.given.municipalities);
    const people = number(language(), inhabitants);
    const text = choice.to === null ? t(`drawing.do.${choice.change}`) : others ? tn("drawing.group", others, { name }) : name;
    const act = h(
      "button",
      { type: "button", "aria-disabled": choice.reason ? "true" : null, onclick: () => void (choice.reason ? null : this.act(choice, false)) },
      text,
      choice.to === null ? null : h("small", {}, ` ${t("drawing.people", { people })}`),
    );
    act.addEventListener("pointerenter", () => this.store.tell("highlight", choice.members));
    act.addEventListener("pointerleave", () => this.store.tell("highlight", null));
    if (!choice.reason) return h("li", {}, act);
    const why = h("small", { lang: spokenIn(choice.reason.text) }, say(choice.reason.text));
    const anyway = choice.possible ? h("button", { type: "button", class: "link", onclick: () => void this.act(choice, true) }, t("drawing.anyway")) : null;
    return h("li", {}, act, why, anyway);
  }

  /**
   * @param {Choice} choice
   * @param {boolean} anyway
   */
  act(choice, anyway) {
    const { store } = this;
    const change = choice.change === "alone" ? "move" : choice.change === "best" ? "split" : choice.change;
    const to = choice.to === null ? null : store.given.municipalities[choice.to].code;
    return this.change({ change, to, best: choice.change === "best", anyway });
  }

  /**
   * Move what is selected to the merger of a municipality that was chosen on the map.
   * @param {number} index
   */
  moveTo(index) {
    this.store.pickOnMap(null);
    return this.change({ change: "move", to: this.store.given.municipalities[index].code });
  }

  /** @param {Record<string, unknown>} body */
  async change(body) {
    const { store } = this;
    store.tell("highlight", null);
    try {
      const told = await post(`works/${store.work.id}/draw`, { base: store.work.revision, municipalities: store.selectedCodes, ...body });
      if (told.work) store.adopt(told.work);
      else if (told.reason) this.refuse(told, body);
    } catch (error) {
      await store.refused(error);
    }
  }

  /**
   * Say what speaks against a change, and offer to make it all the same where that can be.
   * @param {any} told
   * @param {Record<string, unknown>} body
   */
  refuse(told, body) {
    const action = told.possible ? { text: t("drawing.anyway"), act: () => void this.change({ ...body, anyway: true }) } : null;
    this.store.tell("notice", { kind: "done", text: say(told.reason.text), key: "drawing", action });
  }
}
