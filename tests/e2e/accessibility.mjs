// WCAG 2.2 AA as far as axe-core can tell, in the window and in the browser alike.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { until } from "./webdriver.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

/** What axe finds wrong on a page: each rule with the places, and what it saw at the first. */
export async function violations(page) {
  const found = typeof page.evaluate === "function" ? await inBrowser(page) : await inWindow(page);
  const seen = (nodes) => nodes[0]?.any?.[0]?.message ?? "";
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}. ${seen(nodes)}`);
}

async function inBrowser(page) {
  await page.evaluate(axe);
  return page.evaluate(async (rules) => (await window.axe.run(document, rules)).violations, rules);
}

async function inWindow(window) {
  // What is still fading in has the contrast of that moment; what turns for as long as it is there has none of its own.
  // Two looks in a row, as what is to fade in may not have begun to.
  let still = 0;
  await until("the window has come to rest", async () => {
    const rests = await window.run(
      "return document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getComputedTiming().endTime === Infinity)",
    );
    still = rests ? still + 1 : 0;
    return still > 1;
  });
  await window.run(axe);
  return window.call("POST", "/execute/async", {
    script: "const done = arguments[1]; window.axe.run(document, arguments[0]).then((result) => done(result.violations), (error) => done([{ id: String(error), nodes: [] }]))",
    args: [rules],
  });
}
