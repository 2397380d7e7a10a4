// @ts-check
/** The page: what it begins with, and which part of it shows what. */

import { fragment, Refused, Unreachable } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { handleKeys } from "./keys.js";
import { Files } from "./panels/files.js";
import { Head } from "./panels/head.js";
import { Notices } from "./panels/notices.js";
import { Question } from "./panels/question.js";
import { Reply } from "./panels/reply.js";
import { Sheet } from "./panels/sheet.js";
import { SelectionBar } from "./panels/selection.js";
import { splitter } from "./panels/splitter.js";
import { Stage } from "./panels/stage.js";
import { Store } from "./store.js";
import { say, speak, t } from "./texts.js";

const RETRY = 2000; // milliseconds until a server that does not answer is asked again

const store = new Store();
const asked = fragment.get("lang");
if (asked === "en" || asked === "nl") store.preferences.language = asked;

/** Show everything in the language and the colours that are preferred. */
function dress() {
  const { language, theme } = store.preferences;
  speak(language);
  document.documentElement.lang = language;
  document.documentElement.dataset.theme = theme;
}

/** Build the parts of the page; again where the language changes. */
function build() {
  dress();
  new Head(store, byId("head"));
  new Files(store, byId("head-tools"));
  new Question(store, byId("question"));
  new Stage(store, byId("stage"));
  new Sheet(store, byId("stage"));
  new SelectionBar(store, byId("selection"));
  new Reply(store, byId("reply"));
  splitter(store, byId("main"), byId("stage"));
}

/** @param {unknown} error */
function failed(error) {
  const why = error instanceof Refused ? say(error.refusal.text) : t("start.unreachable");
  fill(byId("main"), h("p", { class: "failed", role: "alert" }, why));
}

async function start() {
  dress();
  new Notices(store, byId("live"));
  try {
    await store.begin(fragment.get("work"));
  } catch (error) {
    failed(error);
    if (!(error instanceof Unreachable)) return;
    window.setTimeout(() => window.location.reload(), RETRY);
    return;
  }
  build();
  handleKeys(store);
  store.on("preferences", (changed) => {
    if ("language" in changed) window.location.reload();
    else dress();
  });
  document.documentElement.dataset.ready = "true";
}

Object.assign(window, { refzones: { store } });
void start();
