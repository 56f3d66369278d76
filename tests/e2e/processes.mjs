// The programs around the window: the demo issuer and a browser.
import { spawn, spawnSync } from "node:child_process";
import { createServer, request as forward } from "node:http";
import { createInterface } from "node:readline";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { startPublisher } from "../peers/shares/publisher.mjs";

/** Starts the demo issuer; it announces itself with one line of JSON. */
export async function startIssuer(target) {
  const started = spawn(join(target, "attesta-issuer"), ["--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: started.stdout }).once("line", resolve);
    started.once("exit", (code) => reject(new Error(`the demo issuer ended with ${code}`)));
  });
  const { base_url: base, claim_links: links, learner_email: email } = JSON.parse(line);
  return {
    base,
    links: links.filter((link) => link.url.startsWith(`${base}/claim/`)),
    email,
    /** The link that opens a claim of this kind; each works once. */
    opened: (kind) => links.find((link) => link.kind === kind),
    async tell(action, link) {
      const answer = await fetch(`${base}/admin/${action}/${link.url.split("/").pop()}`, { method: "POST" });
      if (!answer.ok) throw new Error(`the demo issuer answered ${answer.status}`);
    },
    stop: () => started.kill(),
  };
}

/** Stands before an issuer under an address of its own and notes what is asked. */
export async function startNotary(issuer) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { host, ...headers } = request.headers;
    const passed = forward(issuer + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    request.pipe(passed);
  });
  const base = await listening(server);
  return { base, host: new URL(base).host, asked, instead: (link) => link.replaceAll(issuer, base), stop: () => closed(server) };
}

/** A host of copies, which takes what its learner signed and leaves the credentials to whoever reads them. */
export const startCopyHost = () => startPublisher({ judge: async () => ({ accepted: true }) });

/** A host that takes every request and never answers. */
export async function startSilence() {
  const server = createServer(() => {});
  const base = await listening(server);
  return { base, host: new URL(base).host, stop: () => closed(server) };
}

async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

function closed(server) {
  server.closeAllConnections();
  server.close();
}

/** Runs the program to its end without a display and without a message bus. */
export function startProgram(binary, args, { cwd, env }) {
  const { DISPLAY, WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS, ...bare } = process.env;
  return spawnSync(binary, args, { cwd, env: { ...bare, ...env }, encoding: "utf8", timeout: 30_000 });
}

/** Starts the program on the display; `ended` tells how it went. */
export function showProgram(binary, args, { cwd, env }) {
  const started = spawn(binary, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  started.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const ended = new Promise((resolve) => started.once("close", (status) => resolve({ status, stderr })));
  return { ended, stop: () => started.kill("SIGKILL") };
}

/** A headless browser that knows nothing of the wallet. */
export function startBrowser(more = []) {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...more, "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"],
  });
}

/** A folder for one wallet, removed when `use` is done. */
export async function withFolder(use) {
  const folder = await mkdtemp(join(tmpdir(), "attesta-e2e-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
