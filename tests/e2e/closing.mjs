// Closing the window: at once, but for what would be lost.
import assert from "node:assert/strict";
import test from "node:test";

import { violations } from "./accessibility.mjs";
import { askToClose, windowIsGone } from "./outside.mjs";
import { until } from "./webdriver.mjs";
import { goTo, look, withWindow } from "./world.mjs";

test("the window closes at once where nothing would be lost", async () => {
  await withWindow(async (window) => {
    await goTo(window, "#/bundles/new", "bundle-title");
    await askToClose();
    await windowIsGone();
  });
});

test("the window asks before it closes on a bundle that is not saved, in both languages", async () => {
  for (const [language, question] of [["en", /without saving/i], ["fr", /sans enregistrer/i]]) {
    await withWindow(async (window) => {
      await look(window, { language, theme: "light" });
      await goTo(window, "#/bundles/new", "bundle-title");
      await window.type("bundle-title", "For Bluewater Health");
      await until("the preview follows", async () => (await window.text("bundle-preview")).includes("For Bluewater Health"));

      await askToClose();
      assert.match(await window.text("leave-confirm"), question);
      assert.deepEqual(await violations(window), []);
      await window.click("css:[data-testid=leave-confirm] button:not([data-testid])");
      await until("the question is gone", async () => (await window.count("leave-confirm")) === 0);
      assert.equal(await window.run("return document.querySelector('[data-testid=bundle-title]').value"), "For Bluewater Health");

      await askToClose();
      await window.find("leave-confirm-yes");
      // Nobody is left to answer a click that ends the program.
      await window.run("setTimeout(() => document.querySelector('[data-testid=leave-confirm-yes]').click(), 300)");
      await windowIsGone();
    });
  }
});
