// @ts-check
/** Files and works: opened, dropped, saved; what a file holds becomes a state of the work. */

import { download, get, post, upload } from "../api.js";
import { h } from "../dom.js";
import { moment } from "../pure/format.js";
import { language, say, t } from "../texts.js";
import { menuButton, openDialog } from "./dialog.js";

/** @typedef {import("../store.js").Store} Store */

/** What can be saved: names that the server knows, `best` where it is of the best plan alone. */
const SAVED = /** @type {const} */ ([
  { name: "scenario.toml", plan: "" },
  { name: "dossier.pdf", plan: "best" },
  { name: "dossier.docx", plan: "best" },
  { name: "dossier.html", plan: "best" },
  { name: "run.zip", plan: "best" },
  { name: "assignment.csv", plan: "" },
  { name: "plan.xlsx", plan: "" },
  { name: "plan.gpkg", plan: "" },
  { name: "plan.geojson", plan: "" },
  { name: "map.pdf", plan: "" },
  { name: "map.png", plan: "" },
  { name: "map.svg", plan: "" },
]);

/** Milliseconds between looks at how far a file is. */
const LOOK = 1000;

const KINDS = ".toml,.csv,.tsv,.txt,.xlsx,.xls,.json,.geojson,.gpkg,.zip";

/** One for the whole life of the page: what is dropped is listened to once. */
export class Files {
  /**
   * @param {Store} store
   * @param {HTMLElement} place
   */
  constructor(store, place) {
    this.store = store;
    /** @type {string | null} the region that the map shows alone */
    this.region = null;
    store.on("zoom", (name) => (this.region = name));
    this.chooser = h("input", { type: "file", accept: KINDS, class: "unseen", tabIndex: -1, "aria-hidden": "true" });
    this.chooser.addEventListener("change", () => {
      const file = this.chooser.files?.[0];
      this.chooser.value = "";
      if (file) void this.take(file);
    });
    this.target = h("div", { class: "dropping", hidden: true, "aria-hidden": "true" }, h("p", {}, t("files.drop")));
    document.body.append(this.chooser, this.target);
    place.append(
      menuButton(t("files.menu"), () => this.items(), { id: "files-menu" }),
      menuButton(t("works.menu"), () => this.works(), { id: "works-menu" }),
    );
    this.listen();
  }

  /** Take what is dropped anywhere on the page. */
  listen() {
    const holds = (/** @type {DragEvent} */ event) => Boolean(event.dataTransfer?.types.includes("Files"));
    document.addEventListener("dragover", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      this.target.hidden = false;
    });
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) this.target.hidden = true;
    });
    document.addEventListener("drop", (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      this.target.hidden = true;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 1) this.store.tell("notice", { kind: "done", text: t("files.one") });
      else if (files[0]) void this.take(files[0]);
    });
  }

  items() {
    const drawn = this.store.work.groups !== null;
    return [
      { text: t("files.open"), note: t("files.open.about"), act: () => this.chooser.click() },
      ...SAVED.map(({ name, plan }) => ({
        text: t(`files.save.${name}`),
        note: t(drawn && plan === "best" ? "files.save.best" : `files.about.${name}`),
        act: () => void this.save(name, plan),
      })),
      { text: t("files.print"), note: t("files.print.about"), act: () => window.print() },
    ];
  }

  works() {
    return [
      { text: t("works.new"), act: () => void this.begin({}) },
      { text: t("works.copy"), act: () => void this.begin({ copy_of: this.store.work.id, title: t("works.copied", { title: this.store.work.title }).slice(0, 200) }) },
      { text: t("works.other"), act: () => void this.choose() },
    ];
  }

  /**
   * Take a file into the work.
   * @param {File} file
   */
  async take(file) {
    const { store } = this;
    store.tell("spoken", t("files.reading", { name: file.name }));
    document.documentElement.dataset.busy = "true";
    try {
      const told = await upload(`works/${store.work.id}/files?base=${store.work.revision}`, file);
      store.adopt(told.work);
      this.say(told);
    } catch (error) {
      await store.refused(error);
    } finally {
      delete document.documentElement.dataset.busy;
    }
  }

  /**
   * Say what was read, and offer the scenario of a run.
   * @param {any} told
   */
  say(told) {
    const { store } = this;
    const notes = told.notes.map(say);
    if (told.kind === "scenario") {
      store.tell("notice", { kind: "done", text: [t("files.scenario", { name: told.name }), ...notes].join("; ") });
      return;
    }
    store.tell("tab", "drawing");
    const regions = new Set(told.groups.flat().map((/** @type {number} */ i) => store.given.municipalities[i].region));
    if (regions.size === 1) store.tell("zoom", store.given.regions[[...regions][0] ?? 0]);
    const text = [t("files.plan", { name: told.name, n: told.groups.length }), ...notes].join("; ");
    const action = told.scenario && {
      text: t("files.itsscenario"),
      act: () => void store.act({ kind: "replace", scenario: told.scenario, said: "open", text: { en: `Scenario of ${told.name}`, nl: `Scenario van ${told.name}` } }),
    };
    store.tell("notice", { kind: "done", text, action });
  }

  /**
   * Save a file of the work.
   * @param {string} name
   * @param {string} plan
   */
  async save(name, plan) {
    const { store } = this;
    store.tell("notice", { kind: "done", text: t("files.writing", { name }), key: "writing" });
    const query = new URLSearchParams({ lang: language() });
    if (plan) query.set("plan", plan);
    if (name.startsWith("dossier.") && this.region) query.set("region", this.region);
    const looking = window.setInterval(() => void this.look(name), LOOK);
    try {
      const given = await download(`works/${store.work.id}/files/${name}?${query}`);
      const address = URL.createObjectURL(given.blob);
      h("a", { href: address, download: given.name }).click();
      window.setTimeout(() => URL.revokeObjectURL(address), 10000);
      store.tell("notice", { kind: "done", text: t("files.written", { name: given.name }), key: "writing" });
    } catch (error) {
      store.tell("notice", { kind: "done", text: "", key: "writing" });
      store.fail(error);
    } finally {
      window.clearInterval(looking);
    }
  }

  /**
   * Say how far a file is that takes long.
   * @param {string} name
   */
  async look(name) {
    const { store } = this;
    const far = await get(`works/${store.work.id}/writing`).catch(() => null);
    if (far?.name !== name || !far.total) return;
    const key = far.region ? "files.regions" : "files.drawing";
    store.tell("notice", { kind: "done", text: t(key, { name, region: far.region, done: far.done, total: far.total }), key: "writing" });
  }

  /** @param {Record<string, unknown>} body */
  async begin(body) {
    try {
      this.show(await post("works", body));
    } catch (error) {
      this.store.fail(error);
    }
  }

  /** Choose another work from a list. */
  async choose() {
    const { store } = this;
    try {
      const { works } = await get("works");
      const rows = works.map((/** @type {any} */ work) => {
        const open = h("button", { type: "button", class: "link", disabled: work.id === store.work.id }, work.title);
        open.addEventListener("click", () => void this.open(work.id, dialog));
        return h("tr", {}, h("th", { scope: "row" }, open), h("td", {}, moment(language(), work.changed)), h("td", { class: "number" }, work.steps));
      });
      const head = h("tr", {}, ...["title", "changed", "steps"].map((key) => h("th", { scope: "col" }, t(`works.${key}`))));
      const dialog = openDialog(t("works.other"), h("table", { class: "works" }, h("thead", {}, head), h("tbody", {}, ...rows)));
    } catch (error) {
      store.fail(error);
    }
  }

  /**
   * @param {string} id
   * @param {HTMLDialogElement} dialog
   */
  async open(id, dialog) {
    try {
      const work = await get(`works/${id}`);
      dialog.close();
      this.show(work);
    } catch (error) {
      this.store.fail(error);
    }
  }

  /** @param {any} work */
  show(work) {
    const { store } = this;
    store.select([]);
    store.take(work);
    const words = new URLSearchParams(window.location.hash.slice(1));
    words.set("work", work.id);
    window.history.replaceState(null, "", `#${words}`);
    store.tell("spoken", t("works.opened", { title: work.title }));
  }
}

