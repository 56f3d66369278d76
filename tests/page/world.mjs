// What every test of the page begins with: badges of an issuer on this machine, in every form, and hosts to serve them.
// ATTESTA_TARGET names the folder with the programs, ATTESTA_SCREENSHOTS the folder for the pictures.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const target = process.env.ATTESTA_TARGET ?? "target/debug";
export const pictures = process.env.ATTESTA_SCREENSHOTS ?? "target/screenshots";
mkdirSync(pictures, { recursive: true });
const dist = fileURLToPath(new URL("../../ui/dist", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "attesta-page-"));
after(() => rmSync(work, { recursive: true, force: true }));

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".wasm": "application/wasm" };

async function serve(respond) {
  const server = createServer(respond);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => (server.closeAllConnections(), server.close()));
  return server.address().port;
}

/** What the page's host was asked for; nothing of what is opened may ever stand there. */
export const askedOfHost = [];
const hostPort = await serve(async (request, response) => {
  askedOfHost.push(request.url);
  const path = normalize(new URL(request.url, "http://host").pathname);
  try {
    const body = await readFile(join(dist, path));
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
export const page = `http://127.0.0.1:${hostPort}/verify.html`;

/** What the issuer was asked for, and with which headers. */
export const askedOfIssuer = [];
const issuerPort = await serve((request, response) => {
  askedOfIssuer.push({ path: request.url, headers: request.headers });
  const known = request.url === "/.well-known/did.json";
  response.writeHead(known ? 200 : 404, { "content-type": "application/did+json", "access-control-allow-origin": "*" });
  response.end(known ? input("did.json") : "");
});
export const issuer = `localhost:${issuerPort}`;

execFileSync(join(target, "examples/page_input"), [work, `did:web:localhost%3A${issuerPort}`]);

export const PASSPHRASE = "four words that open";
export const path = (name) => join(work, name);
export const input = (name) => readFileSync(path(name));
export const text = (name) => input(name).toString();
/** The part of a share link behind the `#`. */
export const fragment = (name) => text(name).slice(text(name).indexOf("#"));
/** The pictures of a moving code: `part` is of two credentials, `film` of twenty. */
export const parts = (name = "part") => readdirSync(work).filter((each) => each.startsWith(`${name}-`)).sort();

/** The page as one file, with a bundle in it or none. */
export function singleFile(payload = "") {
  const file = join(dist, "attesta-page.html");
  if (!existsSync(file)) throw new Error("ui/dist/attesta-page.html is not built: cargo xtask web");
  const marker = '<script type="application/json" id="attesta-bundle">';
  const whole = readFileSync(file, "utf8");
  if (whole.split(marker).length !== 2) throw new Error("the page as one file has not one place for a bundle");
  return whole.replace(`${marker}</script>`, `${marker}${payload && JSON.stringify({ payload, title: "As a wallet writes it", made: "2026-11-22T00:00:00Z", language: "en" })}</script>`);
}
