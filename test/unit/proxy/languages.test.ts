/** The language of a page without script, by what the browser asks for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLanguage } from "../../../proxy/hosted/layout.ts";

const CASES: readonly [header: string, language: string][] = [
  ["", "en"],
  ["ar", "ar"],
  ["AR-eg", "ar"],
  ["de-DE,de;q=0.9,ru-RU;q=0.8,en;q=0.5", "ru"],
  ["en;q=0.1, ar-EG", "ar"],
  ["en-US,en;q=0.9,ar;q=0.9", "en"],
  // The same weight: as they are written.
  ["ru;q=0.5, ar;q=0.5", "ru"],
  ["ru;q=0, ar;q=0.1", "ar"],
  ["ru;q=much, ar;q=0.1", "ar"],
  ["*", "en"],
  ["toString;q=1, ru;q=0.2", "ru"],
  [",,;;q", "en"],
];

for (const [header, language] of CASES)
  test(`"${header}" gets ${language}`, () => assert.equal(chooseLanguage(header), language));
