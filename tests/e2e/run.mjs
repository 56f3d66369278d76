// The real window under a display of its own, and the employer's page in a browser that knows nothing of the wallet.
// ATTESTA_TARGET names the folder with the programs, ATTESTA_SCREENSHOTS the folder for the pictures.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { after, before } from "node:test";

import { violations } from "./accessibility.mjs";
import { startBrowser, startIssuer, withFolder } from "./processes.mjs";
import { readWithJsqr, readWithZbar } from "./qr.mjs";
import { openWindow, until } from "./webdriver.mjs";

const target = process.env.ATTESTA_TARGET ?? "target/debug";
const pictures = process.env.ATTESTA_SCREENSHOTS ?? "target/screenshots";
const looks = ["en", "fr"].flatMap((language) => ["light", "dark"].map((theme) => ({ language, theme })));
mkdirSync(pictures, { recursive: true });

let issuer;
let browser;
before(async () => {
  issuer = await startIssuer(target);
  browser = await startBrowser();
});
after(async () => {
  issuer?.stop();
  await browser?.close();
});

/** Opens the app on a wallet of its own and closes it whatever happens. */
async function withWindow(use) {
  await withFolder(async (folder) => {
    const env = { ATTESTA_DATA_DIR: folder, LANG: "en_CA.UTF-8" };
    const window = await openWindow({ binary: join(target, "attesta-desktop"), env, port: 4711 });
    try {
      await window.find("nav-credentials");
      await window.resize(1280, 860);
      await use(window);
    } catch (error) {
      writeFileSync(join(pictures, "failure.png"), await window.picture().catch(() => Buffer.alloc(0)));
      throw error;
    } finally {
      await window.close();
    }
  });
}

/** Imports what a learner pastes, up to the outcome. */
async function importText(window, text) {
  // A press while the sheet before is still closing goes to that sheet.
  await until("the import sheet is open", async () => {
    if (await window.count("import-input")) return true;
    await window.click("add-credential");
  });
  await window.type("import-input", text);
  await window.click("import-start");
  const next = await until("the wallet says what it recognised", async () => {
    if (await window.count("import-confirm")) return "confirm";
    if (await window.count("import-error")) return "error";
  });
  if (next === "error") return "failed";
  await window.click("import-confirm");
  return window.attribute("import-result", "data-outcome", 60);
}

async function closeSheet(window) {
  await window.run("document.querySelector('[data-testid=import-sheet]') && document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))");
  await until("the sheet is closed", async () => (await window.count("import-sheet")) === 0);
}

/** Changes language and theme as the settings do, and starts the page anew. */
async function look(window, { language, theme }) {
  await window.run(
    "window.__TAURI_INTERNALS__.invoke('change_settings', { request: { language: arguments[0], theme: arguments[1] } }).then(() => location.reload())",
    language,
    theme,
  );
  await until("the page is in its new look", async () =>
    (await window.run("return document.documentElement.lang.slice(0, 2) + ' ' + document.documentElement.dataset.theme")) === `${language} ${theme}`,
  );
  await window.find("nav-credentials");
}

async function goTo(window, hash, shown) {
  await window.run("location.hash = arguments[0]", hash);
  await window.find(shown);
}

async function employerPage(link, { language = "en", theme = "light" } = {}) {
  const context = await browser.newContext({
    locale: `${language}-CA`,
    colorScheme: theme,
    viewport: { width: 900, height: 1100 },
  });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).host));
  await until("the window serves the page", async () => (await fetch(link)).ok);
  await page.goto(link);
  await page.getByTestId("sum").waitFor({ timeout: 30_000 });
  return { page, asked, close: () => context.close() };
}

const verdictsOn = (page) =>
  page.getByTestId("presented-credential").evaluateAll((cards) => cards.map((card) => card.querySelector("[data-verdict]").dataset.verdict));

test("a link from an e-mail becomes a credential, a bundle, a QR code and what an employer sees", async () => {
  await withWindow(async (window) => {
    const [claim] = issuer.links;
    assert.equal(await importText(window, claim.url), "imported");
    assert.equal(await window.attribute("css:[data-testid=import-result] [data-verdict]", "data-verdict"), "valid");
    await window.click("import-open");
    await window.find("four-lines");
    assert.equal(await window.attribute("css:main [data-verdict]", "data-verdict"), "valid");
    const credential = await window.run("return location.hash");

    await goTo(window, `#/bundles/new?with=${credential.split("/").pop()}`, "bundle-title");
    await window.type("bundle-title", "For Bluewater Health");
    await window.type("bundle-note", "What I can take on from the first day.");
    await window.click("bundle-save");
    await window.click("share-bundle");
    await window.click("share-form-qr");
    await window.click("share-create");
    await window.click("show-qr-fullscreen");
    await window.find("show-qr");
    const shown = await window.steadyPicture();
    assert.ok(readWithJsqr(shown), "a camera can read the code off the screen");
    const link = readWithJsqr(shown);
    assert.equal(readWithZbar(shown), link, "two decoders read the same link");
    await window.click("show-done");

    const employer = await employerPage(link);
    try {
      assert.deepEqual(await verdictsOn(employer.page), ["valid"]);
      assert.match(await employer.page.locator("body").innerText(), /For Bluewater Health/);
      const allowed = [new URL(link).host, new URL(issuer.base).host];
      assert.deepEqual(employer.asked.filter((host) => host && !allowed.includes(host)), [], "nobody but the issuer is asked");
      assert.deepEqual(await violations(employer.page), []);

      await issuer.tell("revoke", claim);
      await employer.page.reload();
      await until("the employer sees it revoked", async () => (await verdictsOn(employer.page))[0] === "revoked");
    } finally {
      await employer.close();
    }

    await window.click("share-done");
    await goTo(window, "#/credentials", "credential-card");
    await window.click("refresh-all");
    const verdict = () => window.attribute("css:[data-testid=credential-card] [data-verdict]", "data-verdict");
    await until("the learner sees it revoked", async () => (await verdict()) === "revoked");
  });
});

test("what is no credential ends in a clear message in both languages, and the wallet is as before", async () => {
  await withWindow(async (window) => {
    const [, claim] = issuer.links;
    assert.equal(await importText(window, claim.url), "imported");
    await window.click("import-open");
    const inputs = [
      ["just some words", /neither a link nor a credential/i, /ni un lien ni une attestation/i],
      ['{"name": "cut in ha', /well-formed|ends too early/i, /bien formé|trop tôt/i],
      [`${issuer.base}/bad/page`, /no credential that can be downloaded/i, /aucune attestation à télécharger/i],
      [`${issuer.base}/bad/redirect-private`, /private network/i, /réseau privé/i],
      [`${issuer.base}/bad/large`, /larger than|too large/i, /dépasse|trop volumineuse/i],
      [`${issuer.base}/bad/404`, /no longer there|error 404/i, /n’existe plus|erreur 404/i],
    ];
    for (const [index, language] of ["en", "fr"].entries()) {
      await look(window, { language, theme: "light" });
      for (const [text, ...messages] of inputs) {
        assert.equal(await importText(window, text), "failed", text);
        assert.match(await window.text("import-error"), messages[index], text);
        await closeSheet(window);
      }
      await goTo(window, "#/credentials", "credential-card");
      assert.equal(await window.count("credential-card"), 1);
    }
  });
});

test("every screen reads well in both languages and themes and has no accessibility fault", async () => {
  // The other tests have revoked things; the pictures begin with an issuer that has not.
  issuer.stop();
  issuer = await startIssuer(target);
  await withWindow(async (window) => {
    const wallet = await fill(window);
    for (const each of looks) {
      const save = async (name) => {
        await window.settle();
        writeFileSync(join(pictures, `${name}-${each.language}-${each.theme}.png`), await window.steadyPicture());
        assert.deepEqual(await violations(window), [], `${name} in ${each.language} and ${each.theme}`);
      };
      await goTo(window, "#/credentials", "credential-card");
      await look(window, each);
      await window.find("credential-card");
      await save("credentials");
      await goTo(window, `#/credentials/${wallet.shown}`, "four-lines");
      await save("detail");
      await window.click("add-credential");
      await window.type("import-input", wallet.unclaimed);
      await window.click("import-start");
      await window.find("import-consent");
      await save("import");
      await closeSheet(window);
      await goTo(window, `#/bundles/${wallet.bundle}`, "bundle-preview");
      await save("bundle");
      await window.click("share-bundle");
      await window.click("share-create");
      await window.find("share-link");
      await save("share");
      const link = await window.run("return document.querySelector('[data-testid=share-link]').value");
      await window.click("share-done");
      await goTo(window, `#/bundles/${wallet.single}`, "bundle-preview");
      await window.click("share-bundle");
      await window.click("share-form-qr");
      await window.click("share-create");
      await window.click("show-qr-fullscreen");
      await window.find("show-qr");
      await save("show");
      await window.click("show-done");
      await window.click("share-done");
      await goTo(window, "#/shared", "shared-item");
      await save("shared");
      await goTo(window, "#/settings", "settings-language");
      await save("settings");

      const employer = await employerPage(link, each);
      try {
        await employer.page.screenshot({ path: join(pictures, `employer-${each.language}-${each.theme}.png`) });
        assert.deepEqual(await violations(employer.page), [], `the employer's page in ${each.language} and ${each.theme}`);
      } finally {
        await employer.close();
      }
    }
  });
});

/** A wallet with credentials in different states and a bundle of three. */
async function fill(window) {
  const [, , third, fourth, fifth, ...rest] = issuer.links;
  const ids = [];
  const importOne = async (text) => {
    await importText(window, text);
    await window.click("import-open");
    await window.find("four-lines");
    ids.push(await window.run("return location.hash.split('/').pop()"));
    await goTo(window, "#/credentials", "credential-card");
  };
  const own = { emails: [issuer.email] };
  await window.run("return window.__TAURI_INTERNALS__.invoke('change_settings', { request: arguments[0] }).then(() => true)", own);
  for (const link of [third, fourth, fifth, ...rest.slice(0, 1)]) await importOne(link.url);
  await issuer.tell("suspend", fourth);
  const altered = (await (await fetch(rest.at(-1).url, { headers: { accept: "application/json" } })).text()).replace(/"awardedDate":\s*"20\d\d/, (text) => text.replace(/20\d\d/, "2019"));
  await importOne(altered);
  await window.run("return window.__TAURI_INTERNALS__.invoke('refresh', { request: { ids: [] } }).then(() => true)");
  const create = (title, note, credentials) =>
    window.run(
      "return window.__TAURI_INTERNALS__.invoke('create_bundle', { request: arguments[0] }).then((bundle) => bundle.id)",
      { title, note, credentials },
    );
  const note = "Six years on the water, from the lake to the lab. These show what I can take on from the first day.";
  const bundle = await create("For Bluewater Utilities", note, [ids[3], ids[0], ids[1]]);
  const single = await create("Water Quality Technician", null, [ids[3]]);
  return { shown: ids[3], unclaimed: rest.at(-1).url, bundle, single };
}
