// The few WebDriver calls (https://www.w3.org/TR/webdriver2/) that driving the window takes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const KEYS = { Enter: "\uE007", Space: " ", Escape: "\uE00C" };

/** Starts WebKitWebDriver and, through it, the app; `env` reaches the app. */
export async function openWindow({ binary, args = [], env }) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, ...env, TAURI_WEBVIEW_AUTOMATION: "true" },
    stdio: ["ignore", "ignore", "inherit"],
    // A group of its own, with which everything that the driver started ends.
    detached: true,
  });
  const base = `http://127.0.0.1:${port}`;
  await until("WebKitWebDriver answers", async () => (await fetch(`${base}/status`)).ok);
  const session = await call(base, "POST", "/session", {
    capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } },
  });
  return new Window(`${base}/session/${session.sessionId}`, driver);
}

/** A port that nobody listens on: another run on the same machine may have its own driver. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function call(base, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json" },
    body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
  });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** Tries `probe` until it yields something true; says what it waited for when it gives up. */
export async function until(what, probe, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await pause(100);
  }
  throw new Error(`waited ${seconds} s until ${what}${last ? `; last: ${last.message}` : ""}`);
}

/** The app's window, found by test identifiers as a user finds things by name. */
class Window {
  constructor(session, driver) {
    this.session = session;
    this.driver = driver;
  }

  call(method, path, body) {
    return call(this.session, method, path, body);
  }

  /** Runs a function body in the page. */
  run(script, ...args) {
    return this.call("POST", "/execute/sync", { script, args });
  }

  /** The element with a test identifier, once it is there and shown. */
  async find(id, seconds) {
    const css = id.startsWith("css:") ? id.slice(4) : `[data-testid="${id}"]`;
    return until(`${css} is shown`, async () => {
      const elements = await this.call("POST", "/elements", { using: "css selector", value: css });
      for (const element of elements) {
        if (await this.call("GET", `/element/${element[ELEMENT]}/displayed`)) return element[ELEMENT];
      }
    }, seconds);
  }

  async click(id) {
    await until(`${id} can be clicked`, async () => {
      await this.call("POST", `/element/${await this.find(id)}/click`);
      return true;
    });
  }

  async type(id, text) {
    // A sheet that is still sliding in can't be typed into yet.
    await until(`${id} can be written into`, async () => {
      const element = await this.find(id);
      await this.call("POST", `/element/${element}/clear`);
      await this.call("POST", `/element/${element}/value`, { text });
      return true;
    });
  }

  /** Presses a key on an element as who uses no pointer does: it gets the focus, then the key. */
  async press(id, key) {
    const element = await this.find(id);
    await this.run("arguments[0].focus()", { [ELEMENT]: element });
    await this.call("POST", `/element/${element}/value`, { text: KEYS[key] ?? key });
  }

  async text(id, seconds) {
    return this.call("GET", `/element/${await this.find(id, seconds)}/text`);
  }

  async attribute(id, name, seconds) {
    return this.call("GET", `/element/${await this.find(id, seconds)}/attribute/${name}`);
  }

  /** How many elements carry a test identifier. */
  async count(id) {
    return (await this.call("POST", "/elements", { using: "css selector", value: `[data-testid="${id}"]` })).length;
  }

  /** Chooses a file in a file field, which may be hidden. */
  async choose(id, path) {
    const [field] = await this.call("POST", "/elements", { using: "css selector", value: `[data-testid="${id}"]` });
    await this.call("POST", `/element/${field[ELEMENT]}/value`, { text: path });
  }

  /** Pastes a file as a screenshot comes from the clipboard. */
  async paste(name, type, bytes) {
    await this.run(
      `const [name, type, base64] = arguments;
      const file = new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], name, { type });
      const item = { kind: "file", type, getAsFile: () => file };
      const event = new Event("paste", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "clipboardData", { value: { files: [], items: [item], types: ["Files"], getData: () => "" } });
      document.body.dispatchEvent(event);`,
      name,
      type,
      bytes.toString("base64"),
    );
  }

  /** A PNG of what the window shows. */
  async picture() {
    return Buffer.from(await this.call("GET", "/screenshot"), "base64");
  }

  /** Waits until pictures and letters are there and nothing moves any more. */
  async settle() {
    await this.call("POST", "/execute/async", {
      script: `const done = arguments[0];
        const still = () => document.getAnimations().every((one) => one.playState !== "running" || one.effect.getTiming().iterations === Infinity);
        const shown = () => [...document.images].every((image) => image.complete) && document.fonts.status === "loaded";
        const frame = () => requestAnimationFrame(() => (still() && shown() ? setTimeout(done, 120) : frame()));
        frame();`,
      args: [],
    });
  }

  /** A PNG of the window once two in a row are the same: what is painted lags behind what is there. */
  async steadyPicture() {
    let last = await this.picture();
    for (let tries = 0; tries < 20; tries += 1) {
      await pause(250);
      const next = await this.picture();
      if (next.equals(last)) return next;
      last = next;
    }
    return last;
  }

  async resize(width, height) {
    await this.call("POST", "/window/rect", { width, height });
  }

  async close() {
    await this.call("DELETE", "").catch(() => {});
    // The driver may say that the session has ended before the app has: a window that stays would be in the next test's way.
    const ended = once(this.driver, "exit");
    process.kill(-this.driver.pid, "SIGTERM");
    await ended;
  }
}
