// The main way: from the link in a mail to what an employer sees, and what is no credential on the way.
import assert from "node:assert/strict";
import test from "node:test";

import { violations } from "./accessibility.mjs";
import { readWithJsqr, readWithZbar } from "./qr.mjs";
import { until } from "./webdriver.mjs";
import { closeSheet, employerPage, goTo, importText, issuer, look, renewIssuer, verdictsOn, withWindow } from "./world.mjs";

test("a link from an e-mail becomes a credential, a bundle, a QR code and what an employer sees", async () => {
  await withWindow(async (window) => {
    // One that fits a code of its own, as most badges do.
    const [, , claim] = issuer.links;
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
  await renewIssuer();
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
      [`${issuer.base}/bad/404`, /no longer there|error 404|expired/i, /n’existe plus|erreur 404|expiré/i],
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
