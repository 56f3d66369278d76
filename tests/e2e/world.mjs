// What every test of the window begins with: the demo issuer, a browser, and a window on a wallet of its own.
// ATTESTA_TARGET names the folder with the programs, ATTESTA_SCREENSHOTS the folder for the pictures.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";

import { home, openers } from "./outside.mjs";
import { showProgram, startBrowser, startIssuer, startProgram, withFolder } from "./processes.mjs";
import { openWindow, until } from "./webdriver.mjs";

const target = process.env.ATTESTA_TARGET ?? "target/debug";
export const pictures = process.env.ATTESTA_SCREENSHOTS ?? "target/screenshots";
const program = join(target, "attesta-desktop");
mkdirSync(pictures, { recursive: true });

/** The demo issuer that runs now. */
export let issuer;
let browser;
before(async () => {
  await renewIssuer();
  browser = await startBrowser();
});
after(async () => {
  issuer?.stop();
  await browser?.close();
});

/** Starts an issuer that has revoked nothing and whose claims are all open. */
export async function renewIssuer() {
  issuer?.stop();
  issuer = await startIssuer(target);
}

/** Starts the program a second time on a wallet, without a display; yields how it ended. */
export const startAgain = (folder, args, cwd = folder) => startProgram(program, args, { cwd, env: environment(folder) });

/** Starts the program on a wallet as the system does, with nobody driving it. */
export const show = (folder, env) => showProgram(program, [], { cwd: folder, env: { ...environment(folder), ...env } });

// Without a session's bus, on which the system's dialogs would wait for services that nobody runs here.
const environment = (folder) => ({
  ATTESTA_DATA_DIR: folder,
  LANG: "en_CA.UTF-8",
  DBUS_SESSION_BUS_ADDRESS: "disabled:",
  ...home(folder),
  ...openers(folder),
});

/** Opens the app on a wallet of its own and closes it whatever happens. */
export async function withWindow(use, args = []) {
  await withFolder(async (folder) => {
    const window = await openWindow({ binary: program, args, env: environment(folder) });
    try {
      await window.find("nav-credentials");
      await window.resize(1280, 860);
      await use(window, folder);
    } catch (error) {
      writeFileSync(join(pictures, "failure.png"), await window.picture().catch(() => Buffer.alloc(0)));
      throw error;
    } finally {
      await window.close();
    }
  });
}

/** Calls a command as the page does, past its controls; yields the answer, or the refusal. */
export const invoke = (window, command, request) =>
  window.call("POST", "/execute/async", {
    script: `const done = arguments[2];
      window.__TAURI_INTERNALS__.invoke(arguments[0], { request: arguments[1] }).then(
        (answer) => done({ answer }), (refusal) => done({ refusal }));`,
    args: [command, request],
  });

/** The commands that the page calls within a second and a half in which nobody touches it. */
export const askedAtRest = (window) =>
  window.call("POST", "/execute/async", {
    script: `const done = arguments[0];
      const asked = [];
      const ask = window.fetch;
      window.fetch = (...request) => { asked.push(String(request[0])); return ask(...request); };
      setTimeout(() => { window.fetch = ask; done(asked); }, 1500);`,
    args: [],
  });

/** Shows the import sheet with an empty box. */
export async function openSheet(window) {
  const open = "[data-testid=import-sheet][data-state=open] [data-testid=import-input]";
  // A press while the sheet before is still closing goes to that sheet.
  await until("the import sheet is open", async () => {
    if (await window.run("return document.querySelector(arguments[0]) !== null", open)) return true;
    await window.click("add-credential");
  });
}

/** Gives what a learner pastes; yields `offer`, or `error` where nothing was found in it. */
export async function offerText(window, text) {
  await openSheet(window);
  await window.type("import-input", text);
  await window.click("import-start");
  return until("the wallet says what it found", async () => {
    if (await window.count("import-confirm")) return "offer";
    if (await window.count("import-error")) return "error";
  });
}

/** Says yes to the hosts and to what came from them, up to the outcome; `decide` instead of what is suggested. */
export async function acceptOffer(window, decide) {
  await window.click("import-confirm");
  const next = await until("the wallet says what came", async () => {
    if (await window.count("import-accept")) return "review";
    if (await window.count("import-result")) return "nothing";
  }, 60);
  if (next === "review") {
    const choice = `[data-testid=staged-decision] input[value=${decide}]`;
    if (decide) await window.run("document.querySelector(arguments[0])?.click()", choice);
    await window.click("import-accept");
  }
  return window.attribute("import-result", "data-outcome", 60);
}

/** Imports what a learner pastes, up to the outcome. */
export async function importText(window, text, decide) {
  return (await offerText(window, text)) === "error" ? "failed" : acceptOffer(window, decide);
}

/** Presses Escape, as who wants a sheet gone does. */
export const escape = (window) =>
  window.run("document.querySelector('[data-testid=import-sheet]') && document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))");

export async function closeSheet(window) {
  await escape(window);
  await until("the sheet is closed", async () => (await window.count("import-sheet")) === 0);
}

/** Changes language and theme as the settings do, and starts the page anew. */
export async function look(window, { language, theme }) {
  await window.run(
    `window.isFormer = true;
    window.__TAURI_INTERNALS__.invoke('change_settings', { request: { language: arguments[0], theme: arguments[1] } }).then(() => location.reload())`,
    language,
    theme,
  );
  // The former page may look the same already, and what it is told while it goes is lost.
  await until("the page is in its new look", async () =>
    (await window.run("return window.isFormer ?? document.documentElement.lang.slice(0, 2) + ' ' + document.documentElement.dataset.theme")) === `${language} ${theme}`,
  );
  await window.find("nav-credentials");
}

export async function goTo(window, hash, shown) {
  await window.run("location.hash = arguments[0]", hash);
  await window.find(shown);
}

/** An employer's browser on a link, once the window serves the page behind it. */
export async function employerPage(link, looks) {
  await until("the window serves the page", async () => (await fetch(link)).ok);
  return pageAt(link, looks);
}

/** An employer's browser on a page or file that shows a bundle. */
export async function pageAt(address, { language = "en", theme = "light" } = {}) {
  const context = await browser.newContext({
    locale: `${language}-CA`,
    colorScheme: theme,
    viewport: { width: 900, height: 1100 },
  });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).host));
  await page.goto(address);
  await page.getByTestId("sum").waitFor({ timeout: 30_000 });
  return { page, asked, close: () => context.close() };
}

export const verdictsOn = (page) =>
  page.getByTestId("presented-credential").evaluateAll((cards) => cards.map((card) => card.querySelector("[data-verdict]").dataset.verdict));
