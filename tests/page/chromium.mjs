// The page in headless Chromium.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { violations } from "../e2e/accessibility.mjs";
import { startBrowser } from "../e2e/processes.mjs";
import { camera } from "./camera.mjs";
import { PASSPHRASE, askedOfHost, askedOfIssuer, fragment, input, issuer, page, parts, path, pictures, singleFile, text } from "./world.mjs";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());
beforeEach(() => {
  askedOfHost.length = 0;
  askedOfIssuer.length = 0;
});

/** Opens an address, notes every request and every complaint, and closes the tab whatever happens. */
async function visit(address, use, options = {}) {
  const context = await browser.newContext({ locale: "en-CA", viewport: { width: 900, height: 1000 }, ...options });
  const tab = await context.newPage();
  const asked = [];
  const complaints = [];
  tab.on("request", (request) => asked.push(request.url()));
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(error.message));
  try {
    await tab.goto(address);
    await use(tab, asked, complaints);
    const foreign = asked.filter((url) => !/^(data|blob|file):/.test(url) && new URL(url).host !== new URL(page).host);
    for (const url of foreign) assert.equal(new URL(url).host, issuer, `${url} was asked for`);
    assert.deepEqual(complaints.filter((each) => !each.includes("ERR_")), []);
  } catch (error) {
    writeFileSync(join(pictures, "page-failure.png"), await tab.screenshot().catch(() => Buffer.alloc(0)));
    throw error;
  } finally {
    await context.close();
  }
}

const verdicts = (tab) =>
  tab.getByTestId("presented-credential").evaluateAll((cards) => cards.map((card) => card.querySelector("[data-verdict]").dataset.verdict));
const shown = (tab) => tab.getByTestId("sum").first().waitFor({ timeout: 30_000 });
const failed = async (tab) => {
  await tab.locator("[data-testid=page][data-stage=failed]").waitFor({ timeout: 30_000 });
  return (await tab.getByTestId("error").textContent()).trim();
};

test("a link in the address opens, and its content reaches no host", async () => {
  await visit(page + fragment("link.txt"), async (tab, asked) => {
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"]);
    assert.equal(await tab.getByTestId("presentation").getAttribute("data-verdict"), "valid");
    assert.ok(asked.some((url) => url === `http://${issuer}/.well-known/did.json`));
    assert.ok((await tab.getByTestId("asked").first().textContent()).includes(`${issuer} (answered)`));
  });
  const payload = fragment("link.txt").slice(1, 60);
  for (const url of [...askedOfHost, ...askedOfIssuer.map(({ path }) => path)]) assert.ok(!url.includes(payload), url);
  assert.deepEqual(askedOfIssuer.map(({ path }) => path), ["/.well-known/did.json"]);
  for (const { headers } of askedOfIssuer) assert.ok(!("cookie" in headers) && !("referer" in headers), JSON.stringify(headers));
});

test("a pasted link, a damaged one and a hostile one each get their words", async () => {
  const paste = async (tab, words) => {
    await tab.getByTestId("page-input").fill(words);
    await tab.getByTestId("page-check").click();
  };
  await visit(page, async (tab) => {
    await paste(tab, `Hello!\n> ${text("link.txt").replace("#", "%23")}.\n`);
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"]);
    await tab.getByTestId("page-another").click();
    const whole = text("alone.txt");
    for (const [words, said] of [
      [whole.slice(0, -20), /damaged/],
      [whole.replace(/#./, "#9"), /newer version/],
      ["https://elsewhere.example/", /./],
      ["javascript:alert(1)", /./],
      ["<img src=x onerror=alert(1)>", /./],
      ['{"type": ["VerifiableCredential"', /./],
      ["[".repeat(5000), /./],
    ]) {
      await paste(tab, words);
      await tab.waitForFunction(() => document.querySelector("[data-testid=page]").dataset.stage === "failed");
      assert.match(await failed(tab), said, words.slice(0, 40));
      assert.equal(await tab.getByTestId("presented-credential").count(), 0);
    }
  });
});

test("several files are checked together, each by itself, and what does not open is named", async () => {
  await visit(page, async (tab) => {
    const files = ["bundle.json", "badge.png", "badge.json", "altered.json", "other.png"].map(path);
    await tab.getByTestId("page-file").setInputFiles(files);
    await tab.getByTestId("overview").waitFor({ timeout: 30_000 });
    assert.deepEqual(await verdicts(tab), ["valid", "valid", "valid", "valid", "invalid"]);
    assert.match(await tab.getByTestId("overview").textContent(), /Altered|not genuine/i);
    assert.match(await tab.getByTestId("unread").textContent(), /other\.png.*holds no credentials/s);
    writeFileSync(join(pictures, "page-several.png"), await tab.screenshot({ fullPage: true }));
  });
});

test("a code is read from a picture, dropped, chosen or pasted", async () => {
  const base64 = input("code.png").toString("base64");
  const give = (kind) =>
    `{ const bytes = Uint8Array.from(atob("${base64}"), (each) => each.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], "code.png", { type: "image/png" }));
      document.body.dispatchEvent(${
        kind === "drop"
          ? 'new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })'
          : 'new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })'
      }); }`;
  for (const kind of ["drop", "paste", "choose"]) {
    await visit(page, async (tab) => {
      if (kind === "choose") await tab.getByTestId("page-file").setInputFiles(path("code.png"));
      else await tab.evaluate(give(kind));
      await shown(tab);
      assert.deepEqual(await verdicts(tab), ["valid"], kind);
    });
  }
  assert.deepEqual(askedOfIssuer, [], "its issuer is a key, so nobody has to be asked");
});

test("the parts of a moving code are put together from pictures, and half of them are said to be half", async () => {
  await visit(page, async (tab) => {
    await tab.getByTestId("page-file").setInputFiles(parts().map(path));
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"]);
    await tab.getByTestId("page-another").click();
    await tab.getByTestId("page-file").setInputFiles(parts().slice(0, 1).map(path));
    assert.match(await failed(tab), /Only 1 of about \d+ parts/);
  });
});

test("the camera is asked for on a button alone, reads a moving code and is off afterwards", async () => {
  const film = await camera(parts("film").map(input));
  const other = await startBrowser(film.args);
  const keep = browser;
  browser = other;
  try {
    await visit(
      page,
      async (tab) => {
        const watched = `window.cameras = []; const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = async (wanted) => { const stream = await ask(wanted); window.cameras.push(stream); return stream; };`;
        await tab.evaluate(watched);
        assert.equal(await tab.evaluate("window.cameras.length"), 0);
        await tab.getByTestId("page-camera").click();
        await tab.getByTestId("camera-parts").waitFor({ timeout: 30_000 });
        assert.match(await tab.getByTestId("camera-parts").textContent(), /\d+ of \d+ parts/);
        writeFileSync(join(pictures, "page-camera.png"), await tab.screenshot());
        await tab.getByTestId("sum").waitFor({ timeout: 60_000 });
        assert.deepEqual(await verdicts(tab), Array(20).fill("valid"));
        const live = "window.cameras.flatMap((each) => each.getTracks()).filter((track) => track.readyState === 'live').length";
        assert.equal(await tab.evaluate(live), 0);
      },
      { permissions: ["camera"] },
    );
  } finally {
    browser = keep;
    await other.close();
    film.remove();
  }
});

test("a camera that is refused is told as that", async () => {
  await visit(page, async (tab) => {
    await tab.evaluate("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))");
    await tab.getByTestId("page-camera").click();
    assert.match(await tab.getByTestId("camera-error").textContent(), /not allowed/);
  });
});

test("something sealed asks for its passphrase, tells a wrong one and shows nothing before", async () => {
  await visit(page + fragment("sealed.txt"), async (tab) => {
    await tab.getByTestId("passphrase").fill("four words that close");
    await tab.getByTestId("unseal").click();
    await tab.getByRole("alert").waitFor({ timeout: 30_000 });
    assert.equal(await tab.getByTestId("presentation").count(), 0);
    assert.deepEqual(askedOfIssuer, []);
    await tab.getByTestId("passphrase").fill(PASSPHRASE);
    await tab.getByTestId("unseal").click();
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"]);
  });
});

test("a bundle of twenty credentials opens in under two seconds", async () => {
  const taken = [];
  for (let run = 0; run < 3; run += 1) {
    await visit("about:blank", async (tab) => {
      const begun = performance.now();
      await tab.goto(page + fragment("twenty.txt"));
      await shown(tab);
      taken.push(Math.round(performance.now() - begun));
      assert.equal((await verdicts(tab)).length, 20);
    });
  }
  console.log(`twenty credentials opened in ${taken.join(", ")} ms`);
  assert.ok(Math.min(...taken) < 2000, `${taken} ms`);
});

test("the page as one file shows its bundle from the disk and asks nobody but issuers", async () => {
  const file = join(pictures, "page-single.html");
  writeFileSync(file, singleFile(fragment("alone.txt").slice(1)));
  await visit(`file://${file}`, async (tab, asked) => {
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"]);
    assert.match(await tab.getByTestId("file-note").textContent(), /no proof by itself/);
    assert.deepEqual(asked.filter((url) => /^https?:/.test(url)), []);
    writeFileSync(join(pictures, "page-single.png"), await tab.screenshot());
  });
  await visit(page, async (tab) => {
    await tab.getByTestId("page-file").setInputFiles(file);
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"], "the same file, dropped onto the page that is hosted");
  });
  writeFileSync(file, singleFile());
  await visit(`file://${file}${fragment("alone.txt")}`, async (tab) => {
    await shown(tab);
    assert.equal(await tab.getByTestId("file-note").count(), 0);
  });
});

test("the page as one file refuses what was altered in it", async () => {
  const file = join(pictures, "page-altered.html");
  const payload = fragment("alone.txt").slice(1);
  const middle = Math.floor(payload.length / 2);
  const other = payload[middle] === "A" ? "B" : "A";
  writeFileSync(file, singleFile(payload.slice(0, middle) + other + payload.slice(middle + 1)));
  await visit(`file://${file}`, async (tab) => {
    assert.match(await failed(tab), /damaged/);
    assert.equal(await tab.getByTestId("presented-credential").count(), 0);
  });
});

test("without a connection signatures are checked and the rest is said to be unknown", async () => {
  await visit(page, async (tab) => {
    await tab.getByTestId("page-input").waitFor();
    // The checker is there once the page is at rest.
    await tab.waitForLoadState("networkidle");
    await tab.context().setOffline(true);
    await tab.getByTestId("page-input").fill(text("alone.txt"));
    await tab.getByTestId("page-check").click();
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["valid", "valid"]);
    assert.equal(await tab.getByTestId("offline").count(), 1);
    await tab.getByTestId("page-another").click();
    await tab.getByTestId("page-input").fill(text("link.txt"));
    await tab.getByTestId("page-check").click();
    await shown(tab);
    assert.deepEqual(await verdicts(tab), ["unverifiable", "unverifiable"]);
  });
});

test("nothing is kept: no cookie, no storage, no database", async () => {
  await visit(page + fragment("link.txt"), async (tab) => {
    await shown(tab);
    const kept = await tab.evaluate(async () => [
      document.cookie,
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
      (await navigator.serviceWorker.getRegistrations()).length,
    ]);
    assert.deepEqual(kept, ["", 0, 0, 0, 0, 0]);
  });
});

for (const language of ["en", "fr"]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing in ${language}, ${theme}, narrow and with large letters`, async () => {
      const look = { locale: `${language}-CA`, colorScheme: theme };
      const check = async (tab, what) => {
        await tab.evaluate(() => document.fonts.ready);
        assert.deepEqual(await violations(tab), [], what);
      };
      // axe is put into the page, which the page's policy would forbid to anybody else.
      await visit(page, (tab) => check(tab, "empty"), { ...look, bypassCSP: true });
      await visit(page + fragment("sealed.txt"), (tab) => tab.getByTestId("passphrase").waitFor().then(() => check(tab, "sealed")), { ...look, bypassCSP: true });
      await visit(
        page + fragment("link.txt"),
        async (tab) => {
          await shown(tab);
          await tab.locator("details").evaluateAll((all) => all.forEach((each) => (each.open = true)));
          await check(tab, "shown");
          await tab.setViewportSize({ width: 320, height: 700 });
          await check(tab, "narrow");
          assert.ok(await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out at 320 pixels");
          await tab.setViewportSize({ width: 900, height: 1000 });
          await tab.addStyleTag({ content: "html { font-size: 200% !important }" });
          await check(tab, "large");
          assert.ok(await tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out in large letters");
        },
        { ...look, bypassCSP: true },
      );
    });
  }
}

test("it prints in light, without buttons, with what each credential says", async () => {
  await visit(
    page + fragment("link.txt"),
    async (tab) => {
      await shown(tab);
      await tab.emulateMedia({ media: "print" });
      await tab.evaluate("dispatchEvent(new Event('beforeprint'))");
      assert.equal(await tab.getByTestId("page-another").isVisible(), false);
      assert.equal(await tab.getByText("Printed on", { exact: false }).isVisible(), true);
      assert.ok(await tab.locator("details.what").evaluateAll((all) => all.every((each) => each.open)));
      assert.equal(await tab.evaluate("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
      writeFileSync(join(pictures, "page-print.png"), await tab.screenshot({ fullPage: true }));
      for (const format of ["A4", "Letter"]) writeFileSync(join(pictures, `page-${format}.pdf`), await tab.pdf({ format }));
    },
    { colorScheme: "dark" },
  );
});

test("pictures of the page", async () => {
  for (const [name, language, theme] of [["page-en", "en", "light"], ["page-fr", "fr", "dark"]]) {
    await visit(
      page + fragment("link.txt"),
      async (tab) => {
        await shown(tab);
        await tab.locator("details.what").first().evaluate((each) => (each.open = true));
        writeFileSync(join(pictures, `${name}.png`), await tab.screenshot({ fullPage: true }));
      },
      { locale: `${language}-CA`, colorScheme: theme },
    );
  }
});
