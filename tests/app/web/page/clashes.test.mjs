import assert from "node:assert/strict";
import { test } from "node:test";
import { speak } from "../../../../app/web/page/js/texts.js";
import { plainly, remedyText, remedyTexts, ruleText } from "../../../../app/web/page/js/words/clashes.js";

const given = {
  municipalities: [{ name: "Gent" }, { name: "Aalter" }],
  layers: [{ key: "police", label: { en: "police zones", nl: "politiezones" } }],
  functions: [],
};
const file = (en) => ({ en, nl: null });
const rule = (more) => ({ kind: "together", level: "", municipalities: [0, 1], names: [], value: null, text: file("locks.together: 44021, 44084"), ...more });
const difference = (more) => ({ kind: "set", key: "population.max", before: 60000, after: 61083, lock: "", municipalities: [], text: file("x"), ...more });
const remedy = (...differences) => ({ text: file("raise population.max"), differences, least: true, scenario: {} });

test("rules are said with names and not with codes", () => {
  speak("en");
  assert.equal(ruleText(rule({}), given), "Gent and Aalter together in one merger");
  assert.equal(ruleText(rule({ kind: "unsplit", names: ["police"], level: "zones" }), given), "for zones: no zone is cut: police zones");
  speak("nl");
  assert.equal(ruleText(rule({ kind: "low", value: 30000 }), given), "minstens 30.000 inwoners");
  assert.equal(ruleText(rule({ kind: "of a new kind" }), given), "locks.together: 44021, 44084");
});

test("a remedy says what it changes, and what it was", () => {
  speak("nl");
  assert.equal(remedyText(remedy(difference({})), given), "Hoogstens 61.083 inwoners in plaats van 60.000");
  const unlocked = difference({ kind: "unlocked", key: "locks.together", lock: "together", municipalities: [0, 1], before: null, after: null });
  assert.equal(remedyText(remedy(unlocked), given), "Gent en Aalter niet langer samenhouden");
});

test("where one change of several has no words, the server's stand", () => {
  speak("en");
  assert.equal(remedyText(remedy(difference({}), difference({ key: "some.other" })), given), "Raise population.max");
});

test("the history has it in both languages, and the page goes on in its own", () => {
  speak("nl");
  const both = remedyTexts(remedy(difference({})), given);
  assert.equal(both.en, "At most 61,083 inhabitants instead of 60,000");
  assert.equal(both.nl, "Hoogstens 61.083 inwoners in plaats van 60.000");
  assert.equal(remedyText(remedy(difference({})), given), both.nl);
});

test("keys and codes of files are left out", () => {
  speak("en");
  assert.equal(plainly(file("locks.together: Aalst (41002), Gent (44021) are in different regions")), "Aalst, Gent are in different regions");
  assert.equal(plainly(file("Gent (44021) has more inhabitants than population.max")), "Gent has more inhabitants than the maximum");
});
