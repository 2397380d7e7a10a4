import assert from "node:assert/strict";
import { test } from "node:test";

import { boundsWith, readNumber } from "../../../../app/web/page/js/pure/reading.js";

test("numbers are read as they are written in each language", () => {
  assert.equal(readNumber("en", "30,000"), 30000);
  assert.equal(readNumber("nl", "30.000"), 30000);
  assert.equal(readNumber("nl", "1.234.567,5"), 1234567.5);
  assert.equal(readNumber("en", "0.2"), 0.2);
  assert.equal(readNumber("nl", "0,2"), 0.2);
  assert.equal(readNumber("nl", "0.2"), 0.2);
  assert.equal(readNumber("en", "0,2"), 0.2);
  assert.equal(readNumber("en", " 30 000 "), 30000);
  assert.equal(readNumber("en", "2e-5"), 0.00002);
});

test("what is no number is none", () => {
  for (const text of ["", "many", "-5", "1.2.3", "0x10", "Infinity", "12 km"]) assert.equal(readNumber("en", text), null, text);
});

const soft = { min: 30000, max: 130000, floor: null, ceiling: 150000 };

test("soft bounds stay as soft as they are", () => {
  assert.deepEqual(boundsWith(soft, "max", 120000), { "population.min": 30000, "population.max": 120000, "population.floor": null, "population.ceiling": 150000 });
  assert.equal(boundsWith(soft, "ceiling", null)["population.ceiling"], null);
});

test("no bound passes another one", () => {
  for (const key of /** @type {const} */ (["min", "max", "floor", "ceiling"])) {
    for (const value of [10000, 30000, 100000, 140000, 200000]) {
      for (const bounds of [soft, { min: 70000, max: 130000, floor: 60000, ceiling: 150000 }, { min: 1, max: 2, floor: null, ceiling: null }]) {
        const set = boundsWith(bounds, key, value);
        const [min, max] = [set["population.min"], set["population.max"]];
        assert.equal(set[`population.${key}`], value);
        assert.ok((set["population.floor"] ?? min) <= min && min <= max && max <= (set["population.ceiling"] ?? max), JSON.stringify({ key, value, set }));
      }
    }
  }
});
