// The page in WebKit, in a window of its own.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { violations } from "../e2e/accessibility.mjs";
import { openWindow, until } from "../e2e/webdriver.mjs";
import { PASSPHRASE, askedOfHost, askedOfIssuer, fragment, input, page, parts, path, pictures, singleFile, text } from "./world.mjs";

const browser = ["/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser", "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser"].find(existsSync);

let window;
before(async () => {
  window = await openWindow({ binary: browser, args: ["--automation"], env: {} });
});
after(() => window?.close());
beforeEach(() => {
  askedOfHost.length = 0;
  askedOfIssuer.length = 0;
});

/** Goes to an address as if nothing had been open before. */
async function go(address) {
  await window.call("POST", "/url", { url: "about:blank" });
  await window.call("POST", "/url", { url: address });
}

const verdicts = () =>
  window.run("return [...document.querySelectorAll('[data-testid=presented-credential]')].map((card) => card.querySelector('[data-verdict]').dataset.verdict)");
const stage = (wanted) =>
  until(`the page is ${wanted}`, async () => (await window.run("return document.querySelector('[data-testid=page]')?.dataset.stage")) === wanted, 40);

test("a link in the address opens, and its content reaches no host", async () => {
  await go(page + fragment("link.txt"));
  await stage("done");
  assert.deepEqual(await verdicts(), ["valid", "valid"]);
  assert.deepEqual(askedOfIssuer.map(({ path }) => path), ["/.well-known/did.json"]);
  for (const url of askedOfHost) assert.ok(!url.includes(fragment("link.txt").slice(1, 40)));
  writeFileSync(join(pictures, "page-webkit.png"), await window.picture());
  assert.deepEqual(await violations(window), []);
});

test("a pasted link, a file and a picture of a code open", async () => {
  await go(page);
  await window.type("page-input", text("alone.txt"));
  await window.click("page-check");
  await stage("done");
  assert.deepEqual(await verdicts(), ["valid", "valid"]);
  for (const [name, expected] of [["twenty.json", Array(20).fill("valid")], ["badge.png", ["valid"]], ["code.png", ["valid"]]]) {
    await go(page);
    await window.find("page-input");
    await window.choose("page-file", path(name));
    await stage("done");
    assert.deepEqual(await verdicts(), expected, name);
  }
});

test("a screenshot of a code is pasted", async () => {
  await go(page);
  await window.find("page-input");
  await window.paste("code.png", "image/png", input("code.png"));
  await stage("done");
  assert.deepEqual(await verdicts(), ["valid"]);
});

test("a camera that shows a moving code is read and turned off", async () => {
  await go(page);
  await window.find("page-camera");
  // This browser has no camera of its own to pretend with, so the pictures are drawn.
  await window.run(
    `const codes = arguments[0];
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 480;
    const context = canvas.getContext("2d");
    const images = codes.map((base64) => Object.assign(new Image(), { src: "data:image/png;base64," + base64 }));
    let at = 0;
    const draw = () => {
      context.fillStyle = "#ccc";
      context.fillRect(0, 0, 640, 480);
      context.drawImage(images[at++ % images.length], 100, 20, 440, 440);
    };
    draw();
    window.drawing = setInterval(draw, 300);
    window.cameras = [];
    const getUserMedia = async () => {
      const stream = canvas.captureStream(10);
      window.cameras.push(stream);
      return stream;
    };
    const enumerateDevices = async () => [];
    Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia, enumerateDevices }, configurable: true });`,
    parts("film").map((name) => input(name).toString("base64")),
  );
  await window.click("page-camera");
  await window.find("camera-parts", 40);
  assert.match(await window.text("camera-parts"), /\d+/);
  await stage("done");
  assert.deepEqual(await verdicts(), Array(20).fill("valid"));
  const live = "clearInterval(window.drawing); return window.cameras.flatMap((each) => each.getTracks()).filter((track) => track.readyState === 'live').length";
  assert.equal(await window.run(live), 0);
});

test("something sealed asks for its passphrase", async () => {
  await go(page + fragment("sealed.txt"));
  await stage("sealed");
  await window.type("passphrase", PASSPHRASE);
  await window.click("unseal");
  await stage("done");
  assert.deepEqual(await verdicts(), ["valid", "valid"]);
});

test("the page as one file shows its bundle from the disk", async () => {
  const file = join(pictures, "page-single-webkit.html");
  writeFileSync(file, singleFile(fragment("alone.txt").slice(1)));
  await go(`file://${file}`);
  await stage("done");
  assert.deepEqual(await verdicts(), ["valid", "valid"]);
  assert.equal(await window.count("file-note"), 1);
  const asked = await window.run("return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /^https?:/.test(name))");
  assert.deepEqual(asked, []);
  assert.deepEqual(askedOfIssuer, []);
  writeFileSync(join(pictures, "page-single-webkit.png"), await window.picture());
});
