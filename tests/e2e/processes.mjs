// The programs around the window: the demo issuer and a browser.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

/** Starts the demo issuer; it announces itself with one line of JSON. */
export async function startIssuer(target) {
  const process = spawn(join(target, "attesta-issuer"), ["--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: process.stdout }).once("line", resolve);
    process.once("exit", (code) => reject(new Error(`the demo issuer ended with ${code}`)));
  });
  const { base_url: base, claim_links: links, learner_email: email } = JSON.parse(line);
  return {
    base,
    links,
    email,
    async tell(action, link) {
      const answer = await fetch(`${base}/admin/${action}/${link.url.split("/").pop()}`, { method: "POST" });
      if (!answer.ok) throw new Error(`the demo issuer answered ${answer.status}`);
    },
    stop: () => process.kill(),
  };
}

/** A headless browser that knows nothing of the wallet. */
export function startBrowser() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"],
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
