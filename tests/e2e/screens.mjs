// Every screen in both languages and themes: its picture, and whether everybody can use it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { violations } from "./accessibility.mjs";
import { claimMail } from "./mail.mjs";
import { until } from "./webdriver.mjs";
import {
  closeSheet,
  employerPage,
  goTo,
  importText,
  issuer,
  look,
  offerText,
  pictures,
  renewIssuer,
  startAgain,
  withWindow,
} from "./world.mjs";

const looks = ["en", "fr"].flatMap((language) => ["light", "dark"].map((theme) => ({ language, theme })));

test("every screen reads well in both languages and themes and has no accessibility fault", async () => {
  // The other tests have revoked things; the pictures begin with an issuer that has not.
  await renewIssuer();
  await withWindow(async (window, folder) => {
    const wallet = await fill(window);
    const links = [1, 2].map((n) => `${issuer.base}/claim/json/${n}`);
    writeFileSync(join(folder, "claim.eml"), claimMail({ to: issuer.email, subject: "Two badges are ready for you", links }));
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
      await offerText(window, wallet.unclaimed);
      await save("import");
      await closeSheet(window);
      await offerText(window, issuer.opened("offer-code").url);
      await window.find("code-input");
      await save("code");
      await closeSheet(window);
      startAgain(folder, ["claim.eml"]);
      await until("both links are offered", async () => (await window.count("offer-item")) === 2);
      await save("mail");
      await window.click("import-confirm");
      await until("both have come", async () => (await window.count("staged-item")) === 2, 60);
      await save("review");
      // Nothing is kept, so that the next look begins with the same wallet.
      await window.run("document.querySelectorAll('[data-testid=staged-decision] input[value=decline]').forEach((each) => each.click())");
      await window.click("import-accept");
      await window.find("import-result");
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
    await importText(window, text, "keep");
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
