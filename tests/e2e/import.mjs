// What a learner's mailbox holds: links that other programs open, mails, pictures of codes, offers that want a code.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { violations } from "./accessibility.mjs";
import { claimMail } from "./mail.mjs";
import { startNotary, startSilence } from "./processes.mjs";
import { drawCode } from "./qr.mjs";
import { until } from "./webdriver.mjs";
import { acceptOffer, closeSheet, escape, goTo, issuer, look, offerText, openSheet, startAgain, withWindow } from "./world.mjs";

const kept = async (window) => {
  await closeSheet(window);
  await goTo(window, "#/credentials", "nav-credentials");
  return window.count("credential-card");
};

async function withNotary(use) {
  const notary = await startNotary(issuer.base);
  try {
    await use(notary);
  } finally {
    notary.stop();
  }
}

function checkHandedOver(ended) {
  assert.deepEqual([ended.status, ended.stdout, ended.stderr], [0, "", ""]);
}

test("a link that another program opens reaches the open window, which asks nobody before the yes", async () => {
  await withNotary(async (notary) => {
    await withWindow(async (window, folder) => {
      const link = notary.instead(issuer.opened("request-app").url);
      assert.match(link, /^dccrequest:/);
      checkHandedOver(startAgain(folder, [link]));
      assert.equal(await window.text("import-host"), notary.host);
      assert.ok((await window.text("import-confirm")).includes(notary.host), "the yes names the host");
      assert.deepEqual(notary.asked, []);

      await window.click("import-confirm");
      await window.find("import-accept", 60);
      assert.match(notary.asked.join("\n"), /^POST \/exchange\//);
      assert.equal(await window.count("credential-card"), 0, "nothing is kept before it is accepted");
      await window.click("import-accept");
      assert.equal(await window.attribute("import-result", "data-outcome"), "imported");
      assert.equal(await window.attribute("css:[data-testid=import-result] [data-verdict]", "data-verdict"), "valid");
      assert.equal(await kept(window), 1);
    });
  });
});

test("a link that the program is started with is shown as soon as there is a window", async () => {
  await withNotary(async (notary) => {
    const link = notary.instead(issuer.links[0].url);
    await withWindow(async (window) => {
      assert.equal(await window.text("import-host"), notary.host);
      assert.deepEqual(notary.asked, []);
    }, [link]);
  });
});

test("a mail with two claim links gives both credentials, once, and the address it came to", async () => {
  await withWindow(async (window, folder) => {
    const links = [1, 2].map((n) => `${issuer.base}/claim/json/${n}`);
    writeFileSync(join(folder, "claim.eml"), claimMail({ to: issuer.email, subject: "Félicitations", links }));

    checkHandedOver(startAgain(folder, ["claim.eml"]));
    await until("both links are offered", async () => (await window.count("offer-item")) === 2);
    assert.match(await window.text("letter"), /Félicitations[^]*Wapiti Lake College/);
    await window.click("import-confirm");
    await until("both have come", async () => (await window.count("staged-item")) === 2, 60);
    await window.click("import-accept");
    assert.equal(await window.attribute("import-result", "data-outcome"), "imported");
    await window.click("address-yes");
    await window.find("address-added");
    assert.equal(await kept(window), 2);

    await openSheet(window);
    await window.choose("import-file", join(folder, "claim.eml"));
    await until("both links are offered again", async () => (await window.count("offer-item")) === 2);
    assert.equal(await acceptOffer(window), "duplicate");
    assert.equal(await window.count("address-question"), 0, "a known address is not asked about");
    assert.equal(await kept(window), 2);
  });
});

test("a folder of badges that is handed over gives what is in it", async () => {
  await withWindow(async (window, folder) => {
    const badge = await (await fetch(`${issuer.base}/claim/png/3`)).arrayBuffer();
    mkdirSync(join(folder, "badges", "2026"), { recursive: true });
    writeFileSync(join(folder, "badges", "2026", "badge.png"), Buffer.from(badge));
    checkHandedOver(startAgain(folder, ["badges"]));
    assert.equal(await window.attribute("offer-item", "data-kind"), "document");
    assert.equal(await acceptOffer(window), "imported");
    assert.equal(await kept(window), 1);
  });
});

test("a screenshot of a code is read when it is pasted, and nobody is asked before the yes", async () => {
  await withNotary(async (notary) => {
    await withWindow(async (window) => {
      await window.paste("", "image/png", drawCode(notary.instead(issuer.links[0].url)));
      assert.equal(await window.text("import-host"), notary.host);
      assert.deepEqual(notary.asked, []);
      assert.equal(await acceptOffer(window), "imported");
    });
  });
});

test("an offer that wants a code says so, notices a wrong one, and goes on with the right one", async () => {
  await withWindow(async (window) => {
    const { url, code } = issuer.opened("offer-code");
    assert.equal(await offerText(window, url), "offer");
    await window.type("code-input", code === "0000" ? "1111" : "0000");
    await window.click("import-confirm");
    await until("the wrong code is noticed", async () =>
      (await window.count("code-send")) === 1 && (await window.attribute("code-input", "aria-invalid")) === "true", 60);
    assert.deepEqual(await violations(window), []);
    await window.type("code-input", code);
    await window.click("code-send");
    await window.find("import-accept", 60);
    await window.click("import-accept");
    assert.equal(await window.attribute("import-result", "data-outcome"), "imported");
  });
});

test("an import that is stopped ends at once and leaves the wallet as it was, in both languages", async () => {
  const silence = await startSilence();
  try {
    await withWindow(async (window) => {
      for (const [language, message] of [["en", /stopped/i], ["fr", /arrêt|interromp/i]]) {
        await look(window, { language, theme: "light" });
        assert.equal(await offerText(window, `${silence.base}/claim`), "offer");
        await window.click("import-confirm");
        await until("the window says whom it asks", async () => (await window.text("import-steps")).includes(silence.host));
        assert.deepEqual(await violations(window), []);
        await window.click("import-cancel");
        assert.match(await window.text("import-error", 3), message);
        assert.equal(await kept(window), 0);
      }
    });
  } finally {
    silence.stop();
  }
});

test("what arrives while an import is under way waits for its turn", async () => {
  const silence = await startSilence();
  try {
    await withWindow(async (window, folder) => {
      assert.equal(await offerText(window, `${silence.base}/claim`), "offer");
      await window.click("import-confirm");
      await window.find("import-cancel");
      checkHandedOver(startAgain(folder, [issuer.links[0].url]));
      await window.find("import-waiting");
      assert.equal(await window.count("import-cancel"), 1, "what is under way goes on");
      await window.click("import-cancel");
      await window.find("import-error", 3);
      await escape(window);
      const { host } = new URL(issuer.base);
      await until("what waited is shown", async () => (await window.text("import-host")) === host);
    });
  } finally {
    silence.stop();
  }
});
