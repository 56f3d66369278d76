// WCAG 2.2 AA as far as axe-core can tell, in the window and in the browser alike.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { until } from "./webdriver.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

/** What axe finds wrong on a page: each rule with the places. */
export async function violations(page) {
  const found = typeof page.evaluate === "function" ? await inBrowser(page) : await inWindow(page);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

async function inBrowser(page) {
  await page.evaluate(axe);
  return page.evaluate(async (rules) => (await window.axe.run(document, rules)).violations, rules);
}

async function inWindow(window) {
  // What is still fading in has the contrast of that moment; what turns for as long as it is there has none of its own.
  await until("the window has come to rest", () =>
    window.run(
      "return document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getComputedTiming().endTime === Infinity)",
    ),
  );
  await window.run(axe);
  return window.call("POST", "/execute/async", {
    script: "const done = arguments[1]; window.axe.run(document, arguments[0]).then((result) => done(result.violations), (error) => done([{ id: String(error), nodes: [] }]))",
    args: [rules],
  });
}
