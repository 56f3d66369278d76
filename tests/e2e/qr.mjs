// Two decoders that share no code with ours: jsQR, and zbar as a program.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import jsqr from "jsqr";
import { PNG } from "pngjs";

/** What jsQR reads in a PNG. */
export function readWithJsqr(png) {
  const { width, height, data } = PNG.sync.read(png);
  return jsqr(new Uint8ClampedArray(data), width, height)?.data;
}

/** What zbar reads in a PNG. */
export function readWithZbar(png) {
  const folder = mkdtempSync(join(tmpdir(), "attesta-qr-"));
  try {
    const file = join(folder, "code.png");
    writeFileSync(file, png);
    return execFileSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
