// @ts-check
/** The map of keys. */

import { h } from "../dom.js";
import { KEYS } from "../shortcuts.js";
import { t } from "../texts.js";
import { openDialog } from "./dialog.js";

export function openKeys() {
  const parts = /** @type {const} */ (["page", "map", "table", "splitter"]).map((where) => {
    const own = KEYS.filter((one) => one.where === where);
    return (
      own.length > 0 && [
        h("h3", {}, t(`keys.where.${where}`)),
        h("dl", { class: "keys" }, ...own.flatMap((one) => [h("dt", {}, h("kbd", {}, one.keys)), h("dd", {}, t(one.text))])),
      ]
    );
  });
  openDialog(t("keys.title"), ...parts.filter((part) => part !== false).flat());
}
