// Every screen in both languages and themes: its picture, and whether everybody can use it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { violations } from "./accessibility.mjs";
import { claimMail } from "./mail.mjs";
import { startCopyHost } from "./processes.mjs";
import { until } from "./webdriver.mjs";
import {
  askedAtRest,
  closeSheet,
  employerPage,
  goTo,
  importText,
  invoke,
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
  const publisher = await startCopyHost();
  await withWindow(async (window, folder) => {
    const wallet = await fill(window, publisher.base);
    const links = [1, 2].map((n) => `${issuer.base}/claim/json/${n}`);
    writeFileSync(join(folder, "claim.eml"), claimMail({ to: issuer.email, subject: "Two badges are ready for you", links }));
    for (const each of looks) {
      const save = async (name) => {
        await window.settle();
        writeFileSync(join(pictures, `${name}-${each.language}-${each.theme}.png`), await window.steadyPicture());
        if (each === looks[0]) assert.deepEqual(await askedAtRest(window), [], `${name} asks for nothing while nobody touches it`);
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
      await until("the preview is there", async () => (await window.text("bundle-preview")).includes(BUNDLE.audience));
      await save("bundle");
      await window.click("bundle-suggest");
      await window.type("suggest-posting", POSTINGS[each.language]);
      await window.click("suggest-find");
      await window.find("suggest-results");
      await save("suggest");
      await window.press("suggest-again", "Escape");
      await window.click("share-bundle");
      await window.find("share-review");
      await save("before-sharing");
      await window.click("review-accept");
      await window.click("share-form-hosted");
      await window.find("share-hosted-yes");
      await save("hosted");
      await window.click("share-form-sequence");
      await window.click("share-create");
      await window.click("show-qr-fullscreen");
      await window.find("show-sequence");
      // The picture shows one code, and the same one each time.
      await window.click("css:[data-testid=show-sequence] [data-testid=play-toggle]");
      await save("sequence");
      await window.click("show-done");
      await window.click("share-another");
      await window.click("share-form-link");
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
      await goTo(window, "#/shared", "shared-concerns");
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
  }).finally(() => publisher.close());
});

const POSTINGS = {
  en: "Water technician, Bluewater Utilities\nYou collect water samples, interpret laboratory results and give first aid.",
  fr: "Technicienne de l’eau, Bluewater Utilities\nVous rédigez en langage clair et savez accueillir une personne et sa famille.",
};
const BUNDLE = {
  title: "For Bluewater Utilities",
  audience: "Bluewater Utilities, hiring team",
  note: "Six years on the water, from the lake to the lab. These show what I can take on **from the first day**.",
  own: "I ran the sampling of two lakes on my own.",
};

/**
 * A wallet with credentials in different states, a bundle of three of which one was suspended since, and shares of it of
 * which one was given when all was well.
 */
async function fill(window, publisher) {
  const [, , third, fourth, fifth, ...rest] = issuer.links;
  const ids = [];
  const importOne = async (text) => {
    await importText(window, text, "keep");
    await window.click("import-open");
    await window.find("four-lines");
    ids.push(await window.run("return location.hash.split('/').pop()"));
    await goTo(window, "#/credentials", "credential-card");
  };
  await call(window, "change_settings", { emails: [issuer.email], publisher_url: publisher });
  for (const link of [third, fourth, fifth, ...rest.slice(0, 1)]) await importOne(link.url);
  const { title, audience, note } = BUNDLE;
  const create = async (request) => (await call(window, "create_bundle", request)).id;
  const notes = { [ids[3]]: BUNDLE.own };
  const bundle = await create({ title, audience, note, credentials: [ids[3], ids[0], ids[1]], notes, hidden_parts: ["evidence"] });
  await call(window, "share_bundle", { bundle, form: "hosted", recipient: "Bluewater Utilities", expires: "2099-12-31" });
  await issuer.tell("suspend", fourth);
  const altered = (await (await fetch(rest.at(-1).url, { headers: { accept: "application/json" } })).text()).replace(/"awardedDate":\s*"20\d\d/, (text) => text.replace(/20\d\d/, "2019"));
  await importOne(altered);
  await call(window, "refresh", { ids: [] });
  // One that fits a code of its own, as most badges do.
  const single = await create({ title: "Working with Spreadsheets", credentials: [ids[0]] });
  return { shown: ids[3], unclaimed: rest.at(-1).url, bundle, single };
}

async function call(window, command, request) {
  const { answer, refusal } = await invoke(window, command, request);
  if (refusal) throw new Error(`${command}: ${refusal.code}`);
  return answer;
}
