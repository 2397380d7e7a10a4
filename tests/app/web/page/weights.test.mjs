import assert from "node:assert/strict";
import { test } from "node:test";

import { metresOf, mostOf, placeOf, PLACES, pointsOf, weightAt } from "../../../../app/web/page/js/pure/weights.js";

test("the usual weight lies in the middle of its slider, and nothing at its beginning", () => {
  for (const usual of [200, 5, 0.2, 0.00002]) {
    const most = mostOf(usual, usual);
    assert.equal(placeOf(usual, most), PLACES / 2);
    assert.equal(weightAt(PLACES / 2, usual, most), usual);
    assert.equal(weightAt(0, usual, most), 0);
    assert.equal(weightAt(PLACES, usual, most), most);
  }
});

test("moving on never takes away, and a place says what it stands for", () => {
  const most = mostOf(0.45, 0.45);
  let before = -1;
  for (let place = 0; place <= PLACES; place += 5) {
    const weight = weightAt(place, 0.45, most);
    assert.ok(weight >= before, `${place}: ${weight} < ${before}`);
    assert.ok(Math.abs(placeOf(weight, most) - place) <= PLACES / 30);
    before = weight;
  }
});

test("a weight beyond the usual range has a place of its own", () => {
  const most = mostOf(5, 70);
  assert.equal(most, 70);
  assert.equal(placeOf(70, most), PLACES);
});

test("what weights mean", () => {
  assert.equal(pointsOf("distance", 5), 5);
  assert.equal(pointsOf("orientation", 200), 2);
  assert.equal(pointsOf("touched", 0.2), 0.2);
  assert.equal(pointsOf("one's own", 3), 3);
  assert.equal(metresOf(2, 5), 400);
  assert.equal(metresOf(2, 0), null);
  assert.equal(metresOf(2, undefined), null);
});
