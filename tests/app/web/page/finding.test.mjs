import assert from "node:assert/strict";
import { test } from "node:test";

import { bare, findNames } from "../../../../app/web/page/js/pure/finding.js";

const NAMES = ["Sint-Niklaas", "Aalst", "Baarle-Hertog", "Aalter", "Knokke-Heist", "Heist-op-den-Berg", "Héron"];

test("accents, case and hyphens do not matter", () => {
  assert.equal(bare(" Hé-RON "), "he ron");
  assert.deepEqual(findNames(NAMES, "heron", 9), [6]);
  assert.deepEqual(findNames(NAMES, "sint niklaas", 9), [0]);
});

test("beginnings come first, then words, then letters anywhere", () => {
  assert.deepEqual(findNames(NAMES, "heist", 9), [5, 4]);
  assert.deepEqual(findNames(NAMES, "aal", 9), [1, 3]);
  assert.deepEqual(findNames(NAMES, "aa", 9), [1, 3, 2, 0]);
  assert.deepEqual(findNames(NAMES, "aalst", 9), [1]);
});

test("nothing is found by nothing, and no more than asked", () => {
  assert.deepEqual(findNames(NAMES, "", 9), []);
  assert.deepEqual(findNames(NAMES, " - ", 9), []);
  assert.deepEqual(findNames(NAMES, "a", 2), [1, 3]);
});
