import others from "./en/others.js";
import changes from "./en/changes.js";
import clashes from "./en/clashes.js";
import effects from "./en/effects.js";
import map from "./en/map.js";
import page from "./en/page.js";
import question from "./en/question.js";
import reply from "./en/reply.js";
import selection from "./en/selection.js";
import stage from "./en/stage.js";
import work from "./en/work.js";

export default { ...changes, ...others, ...clashes, ...effects, ...map, ...page, ...question, ...reply, ...selection, ...stage, ...work };
