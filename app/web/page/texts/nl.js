import others from "./nl/others.js";
import changes from "./nl/changes.js";
import clashes from "./nl/clashes.js";
import effects from "./nl/effects.js";
import map from "./nl/map.js";
import page from "./nl/page.js";
import question from "./nl/question.js";
import reply from "./nl/reply.js";
import selection from "./nl/selection.js";
import stage from "./nl/stage.js";
import work from "./nl/work.js";

export default { ...changes, ...others, ...clashes, ...effects, ...map, ...page, ...question, ...reply, ...selection, ...stage, ...work };
