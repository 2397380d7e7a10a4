// @ts-check
/** What the page shows: the work as the server has it, the answer to it, and what is selected. */

import { get, post, put, stream, Refused, Unreachable } from "./api.js";
import { unanswered } from "./answers.js";
import { planOf } from "./pure/plan.js";
import { preferences, remember } from "./preferences.js";

/** @typedef {import("./pure/plan.js").Region} Region */
/** @typedef {import("./pure/plan.js").Plan} Plan */
/** @typedef {import("./preferences.js").Preferences} Preferences */
/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./api.js").Refusal} Refusal */

const KEPT = 40;
const RETRY = 1500; // milliseconds until a server that does not answer is asked again

/** Where state lives; panels listen to its topics: work, answer, selection, preferences, notice, given. */
export class Store extends EventTarget {
  constructor() {
    super();
    /** @type {any} */
    this.given = null;
    /** @type {any} */
    this.geometry = null;
    /** @type {any} */
    this.work = null;
    /** @type {Answer | null} */
    this.answer = null;
    /** @type {Answer | null} the last one that was complete, of another state */
    this.before = null;
    /** @type {Set<number>} */
    this.selection = new Set();
    /** @type {number | null} the municipality that is pointed at or has the focus */
    this.pointed = null;
    /** @type {Plan | null} a plan that is looked at for a while */
    this.previewed = null;
    /** @type {(plan: import("./pure/types.js").Plan) => number[]} the colours in which the map would show a plan */
    this.colouring = (plan) => plan.seats.map(() => 0);
    /** @type {((index: number) => void) | null} what the next municipality that is chosen on the map is given to */
    this.picking = null;
    this.preferences = preferences();
    /** @type {Map<string, Answer>} */
    this.known = new Map();
    /** @type {AbortController | null} */
    this.asking = null;
    /** @type {Promise<unknown>} */
    this.acting = Promise.resolve();
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("refzones") : null;
    this.channel?.addEventListener("message", (event) => {
      if (this.work && event.data.id === this.work.id && event.data.revision > this.work.revision) void this.reload();
    });
  }

  /**
   * Listen to a topic.
   * @param {string} topic
   * @param {(detail: any) => void} listener
   */
  on(topic, listener) {
    this.addEventListener(topic, (event) => listener(/** @type {CustomEvent} */ (event).detail));
  }

  /**
   * @param {string} topic
   * @param {unknown} [detail]
   */
  tell(topic, detail) {
    this.dispatchEvent(new CustomEvent(topic, { detail }));
  }

  /**
   * Begin: what is given, the geometry, and a work.
   * @param {string | null} id
   */
  async begin(id) {
    const [given, geometry, work] = await Promise.all([get("instance"), get("map"), this.first(id)]);
    this.given = given;
    this.geometry = geometry;
    this.tell("given");
    this.take(work);
  }

  /**
   * @param {string | null} id
   * @returns {Promise<any>}
   */
  async first(id) {
    if (id) {
      try {
        return await get(`works/${id}`);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    const { works } = await get("works");
    return works.length ? get(`works/${works[0].id}`) : post("works", {});
  }

  /** The plan that is shown: of the answer, with what it lacks taken from the one before.
   * @returns {Plan | null}
   */
  get plan() {
    if (!this.given || !this.answer) return null;
    const { status, earlier, incumbents } = this.answer;
    const before = status === "asking" ? [...(this.before?.regions ?? []), ...(earlier ?? [])] : [];
    const regions = new Map([...before, ...(status === "done" ? [] : incumbents), ...this.answer.regions]);
    return planOf(regions.values(), this.given.municipalities.length);
  }

  /** The plan before the present one. @returns {Plan | null} */
  get planBefore() {
    return this.given && this.before ? planOf(this.before.regions.values(), this.given.municipalities.length) : null;
  }

  /** What the map shows: a plan that is looked at, the one that is drawn by hand, or the answer. @returns {Plan | null} */
  get shownPlan() {
    return this.previewed ?? this.drawnPlan ?? this.plan;
  }

  /** The plan that is drawn by hand, as far as it is known what it is worth. @returns {Plan | null} */
  get drawnPlan() {
    if (!this.work?.groups) return null;
    const { municipalities } = this.given;
    const told = this.answer?.evaluation?.mergers;
    const mergers =
      told ??
      this.work.groups.map((/** @type {number[]} */ members) => ({
        members,
        seat: members.reduce((a, b) => (municipalities[b].inhabitants > municipalities[a].inhabitants ? b : a)),
        standalone: "",
        inhabitants: members.reduce((sum, i) => sum + municipalities[i].inhabitants, 0),
        score_nano: 0,
        values: {},
      }));
    return planOf([/** @type {any} */ ({ mergers, zones: [] })], municipalities.length);
  }

  /**
   * Look at another plan for a while; null ends it.
   * @param {Plan | null} plan
   */
  preview(plan) {
    this.previewed = plan;
    this.tell("preview");
  }

  /** The scenario of the present state. */
  get scenario() {
    return this.work.scenario;
  }

  /**
   * Show another state of the work, and ask for its answer.
   * @param {any} work
   */
  take(work) {
    const other = !this.work || this.work.id !== work.id;
    const digest = this.work?.digest;
    this.work = work;
    if (other) this.before = null;
    const asks = digest !== work.digest || other;
    if (asks) this.previewed = null;
    this.tell("work");
    if (asks) this.ask();
  }

  /**
   * Ask for the answer to the present state, unless it is known.
   * @param {number} [seconds] to look for it, though it may be known with less proof
   */
  ask(seconds = 0) {
    const { digest, id } = this.work;
    const earlier = seconds && this.answer && this.answer.digest === digest ? this.answer.regions : null;
    if (this.answer?.status === "done" && this.answer.digest !== digest) this.before = this.answer;
    this.asking?.abort();
    this.asking = null;
    // one that was left before all was told is shown as it is, and told again
    const known = seconds ? undefined : this.known.get(digest);
    const answer = known ?? unanswered(this.work, earlier);
    const before = this.answer;
    if (!known && before?.asked === answer.asked && before.status === "done") {
      for (const [name, region] of before.regions) answer.regions.set(name, region);
      for (const [key, decision] of before.decisions) answer.decisions.set(key, decision);
      answer.whole = before.whole;
    }
    this.answer = answer;
    this.tell("answer");
    if (answer.complete) return;
    this.asking = new AbortController();
    void this.listen(answer, `works/${id}/answer${seconds ? `?seconds=${seconds}` : ""}`, this.asking);
  }

  /**
   * @param {Answer} answer
   * @param {string} path
   * @param {AbortController} asking
   */
  async listen(answer, path, asking) {
    try {
      await stream(path, (name, data) => this.heard(answer, name, data), asking.signal);
      if (answer.status === "asking") answer.status = "cancelled";
    } catch (error) {
      if (asking.signal.aborted) return;
      answer.status = error instanceof Refused ? "refused" : "unreachable";
      answer.refusal = error instanceof Refused ? error.refusal : null;
      if (error instanceof Unreachable) window.setTimeout(() => this.answer === answer && void this.reload(), RETRY);
    }
    if (this.answer === answer) this.tell("answer");
  }

  /**
   * @param {Answer} answer
   * @param {string} name
   * @param {any} data
   */
  heard(answer, name, data) {
    if (name === "region") answer.regions.set(data.name, data);
    else if (name === "answer") this.keep(answer, data);
    else if (name === "clash") answer.clashes = [...answer.clashes.filter((one) => one.region !== data.region), data];
    else if (name === "decisions") data.parts.forEach((/** @type {any} */ one) => answer.decisions.set(`${one.level} ${one.members.join()}`, one));
    else if (name === "changes") answer.changes = data;
    else if (name === "evaluation") answer.evaluation = data;
    else if (name === "incumbent") answer.incumbents.set(data.name, data);
    else if (name === "refused") [answer.status, answer.refusal] = ["refused", data];
    else if (name === "end") answer.complete = answer.status === "done";
    if (this.answer === answer) this.tell("answer", name);
  }

  /**
   * Keep an answer whose plan is known, so that undoing shows it at once.
   * @param {Answer} answer
   * @param {any} whole
   */
  keep(answer, whole) {
    [answer.whole, answer.status] = [whole, "done"];
    this.known.set(answer.digest, answer);
    const oldest = this.known.keys().next();
    if (this.known.size > KEPT && !oldest.done) this.known.delete(oldest.value);
  }

  /** Stop looking for an answer; what is known of it stays. */
  cancel() {
    this.asking?.abort();
    this.asking = null;
    if (this.answer?.status === "asking") {
      this.answer.status = "cancelled";
      this.tell("answer");
    }
  }

  /**
   * Carry out an action; one after the other. Says what is wrong where it cannot be done.
   * @param {Record<string, unknown>} action
   * @returns {Promise<boolean>}
   */
  act(action) {
    const acted = this.acting.then(() => this.acted(action));
    this.acting = acted;
    return acted;
  }

  /**
   * @param {Record<string, unknown>} action
   * @returns {Promise<boolean>}
   */
  async acted(action) {
    try {
      this.adopt(await post(`works/${this.work.id}/actions`, { base: this.work.revision, action }));
      return true;
    } catch (error) {
      await this.refused(error);
      return false;
    }
  }

  /**
   * Show a state that the server has made on our asking, and let other tabs know of it.
   * @param {any} work
   */
  adopt(work) {
    this.take(work);
    this.channel?.postMessage({ id: work.id, revision: work.revision });
  }

  /**
   * Let the next municipality that is chosen on the map be given to a function; null ends that.
   * @param {((index: number) => void) | null} picking
   */
  pickOnMap(picking) {
    if (this.picking === picking) return;
    this.picking = picking;
    this.tell("picking");
  }

  /**
   * Say why a change was not made; where another tab has changed the work meanwhile, show what it is now.
   * @param {unknown} error
   */
  async refused(error) {
    if (error instanceof Refused && error.refusal.kind === "stale") await this.reload();
    this.fail(error);
  }

  /** Say that something went wrong, and what.
   * @param {unknown} error
   */
  fail(error) {
    if (error instanceof Refused) this.tell("notice", { kind: "error", refusal: error.refusal });
    else if (error instanceof Unreachable) this.tell("notice", { kind: "unreachable" });
    else throw error;
  }

  /** Take the work as the server has it now. */
  async reload() {
    try {
      const work = await get(`works/${this.work.id}`);
      if (this.answer?.status === "unreachable") this.work = { ...this.work, digest: "" };
      this.take(work);
    } catch (error) {
      if (!(error instanceof Unreachable)) this.fail(error);
      else window.setTimeout(() => void this.reload(), RETRY);
    }
  }

  undo() {
    return this.work.position > 0 ? this.act({ kind: "undo" }) : Promise.resolve(false);
  }

  redo() {
    return this.work.position < this.work.steps.length - 1 ? this.act({ kind: "redo" }) : Promise.resolve(false);
  }

  /** @param {string} title */
  async rename(title) {
    try {
      this.take(await put(`works/${this.work.id}`, { title }));
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * Select municipalities.
   * @param {Iterable<number>} indices
   * @param {boolean} [additive] those that are selected already are taken out again, others stay
   */
  select(indices, additive = false) {
    const chosen = [...indices];
    const selection = additive ? new Set(this.selection) : new Set();
    if (!additive) chosen.forEach((i) => selection.add(i));
    else if (chosen.length === 1 && selection.has(chosen[0])) selection.delete(chosen[0]);
    else chosen.forEach((i) => selection.add(i));
    this.selection = selection;
    this.tell("selection");
  }

  /** NIS codes of what is selected. */
  get selectedCodes() {
    return [...this.selection].sort((a, b) => a - b).map((i) => this.given.municipalities[i].code);
  }

  /** @param {number | null} index */
  point(index) {
    if (this.pointed === index) return;
    this.pointed = index;
    this.tell("pointed");
  }

  /** @param {Partial<Preferences>} changed */
  prefer(changed) {
    this.preferences = { ...this.preferences, ...changed };
    remember(this.preferences);
    this.tell("preferences", changed);
  }
}
