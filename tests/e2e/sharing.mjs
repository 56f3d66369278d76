// The whole way of curating and sharing, in both languages: what fits a posting becomes a bundle, the bundle goes out in
// every form, each form is opened by somebody else, and what can be taken back is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

import { readMessage, readShare } from "../peers/shares/reader.mjs";
import { issuerWith, sdJwt } from "../peers/tokens.mjs";
import { violations } from "./accessibility.mjs";
import { addressesOpened, saveAsOffered } from "./outside.mjs";
import { startCopyHost } from "./processes.mjs";
import { readWithJsqr, readWithZbar } from "./qr.mjs";
import { filmSequence } from "./sequence.mjs";
import { until } from "./webdriver.mjs";
import { closeSheet, employerPage, goTo, importText, invoke, issuer, look, pageAt, renewIssuer, verdictsOn, withWindow } from "./world.mjs";

const KEPT_BACK = "thirty-six hours in the lab";
const WORDS = {
  en: {
    posting: "Water Quality Technician\nYou collect water samples on the lake, interpret laboratory results and can give first aid.",
    title: "For Bluewater Utilities",
    audience: "Bluewater Utilities, hiring team",
    note: "Six years **on the water**.",
    own: "I ran the sampling of two lakes on my own.",
    ended: /expired/i,
  },
  fr: {
    posting: "Préposée à l’accueil en santé\nVous savez accueillir une personne et sa famille et respecter la confidentialité.",
    title: "Pour la clinique du Lac",
    audience: "Clinique du Lac, équipe des soins",
    note: "Six ans **au service** des familles.",
    own: "J’ai accueilli seule les familles pendant six mois.",
    ended: /expirée?|a pris fin|échue?/i,
  },
};

for (const [language, words] of Object.entries(WORDS)) {
  test(`in ${language} a posting becomes a bundle that goes out in every form and comes back where it can`, async () => {
    await renewIssuer();
    const publisher = await startCopyHost();
    try {
      await withWindow(async (window, folder) => {
        await begin(window, language, publisher);
        await fillWallet(window);
        await suggestAndCurate(window, words);
        await shareAll(window, folder, words, publisher);
        await whatBecomesOfIt(window, folder, words);
      });
    } finally {
      await publisher.close();
      await renewIssuer();
    }
  });
}

async function begin(window, language, publisher) {
  const done = await invoke(window, "change_settings", { emails: [issuer.email], publisher_url: publisher.base });
  assert.ok(done.answer, JSON.stringify(done.refusal));
  await look(window, { language, theme: "light" });
}

/** Four credentials: two good ones, one that has ended, and a token that can be shown in part. */
async function fillWallet(window) {
  const texts = [1, 2, 5].map((n) => `${issuer.base}/claim/json/${n}`);
  for (const text of [...texts, await tokenInParts()]) {
    await importText(window, text, "keep");
    await closeSheet(window);
  }
  await goTo(window, "#/credentials", "credential-card");
  assert.equal(await window.count("credential-card"), 4);
}

async function tokenInParts() {
  const alg = "ES256";
  const made = await issuerWith(alg);
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: made.id, iat: now - 60, exp: now + 86_400 * 365, vct: "https://credentials.example/course",
    given_name: "Amélie", course: { title: "Water Sampling", hours: KEPT_BACK },
  };
  return sdJwt(made, alg).issue(claims, { course: { _sd: ["title", "hours"] } }, { header: { typ: "dc+sd-jwt", kid: made.kid } });
}

const order = (window) =>
  window.run("return [...document.querySelectorAll('[data-testid=bundle-order] > li')].map((row) => row.dataset.id)");
const setEach = (window, id) =>
  window.run("document.querySelectorAll(`[data-testid=${arguments[0]}]`).forEach((box) => box.checked || box.disabled || box.click())", id);

async function suggestAndCurate(window, words) {
  await goTo(window, "#/bundles/new", "bundle-title");
  await window.click("bundle-suggest");
  await window.type("suggest-posting", words.posting);
  await window.click("suggest-find");
  await window.find("suggest-results");
  assert.deepEqual(await violations(window), []);
  const best = await window.text("suggest-results");
  assert.match(best.split("\n")[0], words === WORDS.en ? /Water Quality Technician/ : /Accueil/);
  await setEach(window, "suggest-choice");
  await window.click("suggest-add");
  await until("what fits is in the bundle", async () => (await order(window)).length >= 1);
  await window.click("bundle-add");
  await window.find("picker-choice");
  await setEach(window, "picker-choice");
  await window.click("picker-add");
  await until("all four are in the bundle", async () => (await order(window)).length === 4);

  await window.type("bundle-title", words.title);
  await window.type("bundle-audience", words.audience);
  await window.type("bundle-note", words.note);

  const before = await order(window);
  await window.press(`css:[data-id="${before[1]}"] [data-testid=bundle-up]`, "Enter");
  const [first, second, ...rest] = before;
  await until("the second comes first", async () => JSON.stringify(await order(window)) === JSON.stringify([second, first, ...rest]));
  await window.press(`css:[data-id="${second}"] [data-testid=bundle-down]`, "Enter");
  await until("it is second again", async () => JSON.stringify(await order(window)) === JSON.stringify(before));

  await unfold(window, `[data-id="${first}"] [data-testid=bundle-entry-more]`);
  await window.type(`css:[data-id="${first}"] [data-testid=bundle-entry-note]`, words.own);
  await keepBack(window);
  await unfold(window, "[data-testid=bundle-parts]");
  await window.click("bundle-part-evidence");

  const preview = () => window.text("bundle-preview");
  await until("the preview shows what was written, and nothing of what is kept back", async () => {
    const text = await preview();
    return [words.title, words.audience, words.own].every((each) => text.includes(each)) && !text.includes(KEPT_BACK);
  });
  assert.ok(!(await preview()).includes("**"), "the note is shown as it is meant");
  assert.deepEqual(await violations(window), []);
  await window.click("bundle-save");
  await until("it is saved", () => window.run("return /^#\\/bundles\\/(?!new)/.test(location.hash)"));
}

/** Opens what is folded, once what is around it stands still: a click on what moves goes elsewhere. */
const unfold = (window, folded) =>
  until(`${folded} is open`, async () => {
    if (await window.run("return document.querySelector(arguments[0]).open", folded)) return true;
    await window.click(`css:${folded} summary`);
  });

/** Unticks one detail of the token that can be shown in part: the one credential that offers it. */
async function keepBack(window) {
  for (const id of await order(window)) {
    await unfold(window, `[data-id="${id}"] [data-testid=bundle-entry-more]`);
  }
  await until("a detail can be kept back", () =>
    window.run(
      `const claims = [...document.querySelectorAll("[data-testid=bundle-entry-claim]")];
      const claim = claims.find((box) => box.closest("label").innerText.includes(arguments[0]));
      if (claim?.checked) claim.click();
      return claim !== undefined;`,
      KEPT_BACK,
    ),
  );
  assert.equal(await window.count("bundle-entry-claims"), 1, "nothing is offered where the issuer's proof does not allow it");
}

async function choose(window, form) {
  await window.find(`share-form-${form}`);
  // What is further down in the sheet lies under its foot until it is scrolled to.
  await window.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", `[data-testid=share-form-${form}]`);
  await window.click(`share-form-${form}`);
}

const linkShown = async (window) => {
  await window.find("share-link");
  return window.run("return document.querySelector('[data-testid=share-link]').value");
};

async function shareAll(window, folder, words, publisher) {
  await window.click("share-bundle");
  assert.match(await window.text("share-review"), words.ended);
  assert.deepEqual(await violations(window), []);
  await window.click("review-leave-out");
  await until("nothing is left to know", async () => (await window.count("share-review")) === 0);

  const presentation = await asLink(window, words);
  await asSequence(window, words, presentation);
  await asHostedCopy(window, publisher, words);
  await asFiles(window, folder, words);
  await byMail(window, folder);
  await window.click("share-done");
}

async function asLink(window, words) {
  await choose(window, "link");
  await window.type("share-recipient", words.audience);
  await window.click("share-create");
  const link = await linkShown(window);
  const text = await readShare(link);
  const presentation = JSON.parse(text);
  assert.deepEqual([presentation.name, presentation["attesta:audience"]], [words.title, words.audience]);
  assert.equal(text.includes(KEPT_BACK), false);
  assert.deepEqual(await violations(window), []);
  const employer = await employerPage(link, { language: words === WORDS.fr ? "fr" : "en" });
  try {
    const { page, asked } = employer;
    assert.deepEqual(await verdictsOn(page), ["valid", "valid", "valid"]);
    const body = await page.locator("body").innerText();
    for (const each of [words.title, words.audience, words.own]) assert.ok(body.includes(each), each);
    assert.ok(!body.includes(KEPT_BACK));
    assert.ok((await page.getByTestId("folded").count()) > 0, "what the sender folded away can be unfolded");
    assert.deepEqual(await violations(page), []);
    const allowed = [new URL(link).host, new URL(issuer.base).host];
    assert.deepEqual(asked.filter((host) => host && !allowed.includes(host)), [], "nobody but the issuers is asked");
  } finally {
    await employer.close();
  }
  return presentation;
}

async function asSequence(window, words) {
  await window.click("share-another");
  await choose(window, "sequence");
  await window.click("share-create");
  await window.click("show-qr-fullscreen");
  await window.find("show-sequence");
  await window.click("css:[data-testid=show-sequence] label:has([data-testid=play-speed-slow])");
  if ((await window.attribute("show-sequence", "data-playing")) !== "true") await window.click("css:[data-testid=show-sequence] [data-testid=play-toggle]");
  const { message, seen } = await filmSequence(window);
  const presentation = JSON.parse(await readMessage(message));
  assert.deepEqual([presentation.name, presentation.verifiableCredential.length], [words.title, 3]);
  assert.ok(seen.jsqr.size > 1 && seen.zbar.size > 1, `jsQR read ${seen.jsqr.size} codes, zbar ${seen.zbar.size}`);
  await window.click("css:[data-testid=show-sequence] [data-testid=play-toggle]");
  const place = await window.attribute("show-sequence", "data-place");
  await window.click("css:[data-testid=show-sequence] [data-testid=play-on]");
  assert.notEqual(await window.attribute("show-sequence", "data-place"), place, "it goes on by hand");
  assert.equal(await window.attribute("show-sequence", "data-playing"), "false");
  assert.deepEqual(await violations(window), []);
  await window.click("show-done");
}

async function asHostedCopy(window, publisher, words) {
  await window.click("share-another");
  await choose(window, "hosted");
  await window.click("share-create");
  await until("the missing yes is noticed", async () => (await window.attribute("share-hosted-yes", "aria-invalid")) === "true");
  assert.deepEqual(publisher.asked, [], "nothing is sent before the yes");
  await window.click("share-hosted-yes");
  await window.click("share-create");
  const link = await linkShown(window);
  assert.ok(link.startsWith(`${publisher.base}/credentials/`), link);
  assert.match(await (await fetch(link)).text(), new RegExp(words.title));

  publisher.answers = { DELETE: (request, response) => response.writeHead(503).end() };
  await window.click("share-stop");
  await window.click("share-stop-confirm-yes");
  await window.find("share-stop-error");
  assert.equal((await fetch(link)).status, 200, "it is still open, and the window says so");
  publisher.answers = {};
  await window.click("share-stop");
  await window.click("share-stop-confirm-yes");
  await until("the host has forgotten it", async () => (await fetch(link)).status === 404);
  await until("the window says so", async () => (await window.count("share-stop")) === 0);
}

async function asFiles(window, folder, words) {
  const save = async (form) => {
    await window.click("share-another");
    await choose(window, form);
    await window.click("share-create");
    const path = await saveAsOffered(folder);
    assert.match(path, new RegExp(`\\.${form}$`));
    assert.ok((await window.text("share-saved")).includes(basename(path)));
    return path;
  };
  const json = JSON.parse(readFileSync(await save("json"), "utf8"));
  assert.equal(json.name, words.title);
  const pdf = readFileSync(await save("pdf"));
  assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 10_000);
  const html = await save("html");
  const employer = await pageAt(pathToFileURL(html).href, { language: words === WORDS.fr ? "fr" : "en" });
  try {
    // From a file nobody is asked by http, so the demo issuer's key can't be: the token alone carries its issuer's key.
    assert.deepEqual(await verdictsOn(employer.page), ["unverifiable", "valid", "unverifiable"]);
    assert.deepEqual(employer.asked.filter(Boolean), [], "a file asks nobody by http");
    assert.ok((await employer.page.locator("body").innerText()).includes(words.title));
    assert.deepEqual(await violations(employer.page), []);
  } finally {
    await employer.close();
  }
}

async function byMail(window, folder) {
  await window.click("share-mail");
  const [draft] = await until("the mail program is opened", () => {
    const opened = addressesOpened(folder);
    return opened.length > 0 && opened;
  });
  assert.match(draft, /^mailto:\?/);
  assert.ok(draft.length <= 2_000);
  for (const url of ["mailto:somebody@example.com?body=x", `${draft}&attach=/etc/passwd`]) {
    const { refusal } = await invoke(window, "open_in_browser", { url });
    assert.equal(refusal?.code, "address_not_allowed", "the page itself writes no mail");
  }
  assert.equal(addressesOpened(folder).length, 1);
}

async function whatBecomesOfIt(window, folder, words) {
  await goTo(window, "#/shared", "shared-item");
  assert.equal(await window.count("shared-item"), 6);
  const text = await window.text("ledger");
  assert.ok(text.includes(words.audience), "to whom");
  assert.equal(await window.count("shared-concerns"), 0);
  assert.deepEqual(await violations(window), []);

  const revoked = words === WORDS.fr ? 2 : 1;
  await issuer.tell("revoke", { url: `${issuer.base}/claim/json/${revoked}` });
  await goTo(window, "#/credentials", "credential-card");
  await window.click("refresh-all");
  await until("the learner sees it revoked", async () =>
    (await window.run("return [...document.querySelectorAll('[data-testid=credential-card] [data-verdict]')].map((each) => each.dataset.verdict)")).includes("revoked"), 40);
  await goTo(window, "#/shared", "shared-item");
  await window.find("shared-concerns");
  // What was stopped is nobody's concern any more.
  assert.equal(await window.count("shared-concerns"), 5);
  assert.deepEqual(await violations(window), []);
}

test("a code of one credential is saved as a picture and a drawing that two decoders read", async () => {
  await withWindow(async (window, folder) => {
    await look(window, { language: "en", theme: "light" });
    await importText(window, `${issuer.base}/claim/json/3`, "keep");
    await closeSheet(window);
    await goTo(window, "#/credentials", "credential-card");
    const { answer } = await invoke(window, "list_credentials", { search: "" });
    await goTo(window, `#/bundles/new?with=${answer[0].id}`, "bundle-title");
    await window.type("bundle-title", "Spreadsheets");
    await window.click("bundle-save");
    await window.click("share-bundle");
    await choose(window, "qr");
    await window.click("share-create");
    await window.click("share-save-png");
    const png = readFileSync(await saveAsOffered(folder));
    const link = readWithZbar(png);
    assert.equal(readWithJsqr(png), link);
    const { answer: shares } = await invoke(window, "list_shares", {});
    assert.equal(shares[0].link, link);
    assert.ok(shares[0].qr_version <= 22, `version ${shares[0].qr_version}`);
    await window.click("share-save-sheet");
    const sheet = readFileSync(await saveAsOffered(folder));
    assert.equal(sheet.subarray(0, 5).toString(), "%PDF-");
  });
});
