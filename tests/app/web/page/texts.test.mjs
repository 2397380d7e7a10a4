import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import en from "../../../../app/web/page/texts/en.js";
import nl from "../../../../app/web/page/texts/nl.js";

const SCRIPTS = new URL("../../../../app/web/page/js/", import.meta.url);
const TEXTS = new URL("../../../../app/web/page/texts/", import.meta.url);

/** All scripts of the page, with their sources. */
const sources = readdirSync(SCRIPTS, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".js"))
  .map((name) => ({ name, source: readFileSync(new URL(name, SCRIPTS), "utf8") }));

const fields = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test("both dictionaries have the same keys", () => {
  assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
});

test("a text says the same things in both languages", () => {
  for (const key of Object.keys(en)) assert.deepEqual([...new Set(fields(nl[key]))], [...new Set(fields(en[key]))], key);
});

test("no text is empty or the other language's", () => {
  for (const key of Object.keys(en)) {
    assert.ok(en[key].trim() && nl[key].trim(), key);
    const words = en[key].split(/[^A-Za-z]+/).filter((word) => word.length > 2);
    if (words.length > 3) assert.notEqual(nl[key], en[key], key);
  }
});

test("no key stands twice", () => {
  for (const language of ["en", "nl"]) {
    const keys = readdirSync(new URL(`${language}/`, TEXTS)).flatMap((name) =>
      [...readFileSync(new URL(`${language}/${name}`, TEXTS), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map((match) => match[1]),
    );
    assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), []);
  }
});

test("every text that a script asks for is there", () => {
  for (const { name, source } of sources) {
    for (const [, call, key] of source.matchAll(/\b(tn?|this\.t)\(\s*"([^"]+)"/g)) {
      const wanted = call === "tn" ? [`${key}.one`, `${key}.other`] : [key];
      for (const one of wanted) assert.ok(one in en, `${name}: ${one}`);
    }
  }
});
