// An encoder and two decoders that share no code with ours: qrcode-generator, jsQR, and zbar as a program.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import jsqr from "jsqr";
import { PNG } from "pngjs";
import qrcode from "qrcode-generator";

/** Pixels of one module, and light modules around the code. */
const MODULE = 6;
const QUIET = 4;

/** A PNG of the code for a text, as on a poster or in a mail. */
export function drawCode(text) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = (code.getModuleCount() + 2 * QUIET) * MODULE;
  const picture = new PNG({ width: size, height: size });
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [row, column] = [Math.floor(y / MODULE) - QUIET, Math.floor(x / MODULE) - QUIET];
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < code.getModuleCount();
      picture.data.fill(inside && code.isDark(row, column) ? 0 : 255, 4 * (y * size + x), 4 * (y * size + x) + 3);
      picture.data[4 * (y * size + x) + 3] = 255;
    }
  }
  return PNG.sync.write(picture);
}

/** What jsQR reads in a PNG. */
export function readWithJsqr(png) {
  const { width, height, data } = PNG.sync.read(png);
  return jsqr(new Uint8ClampedArray(data), width, height)?.data;
}

/** What zbar reads in a PNG; an empty text where it finds no code. */
export function readWithZbar(png) {
  const folder = mkdtempSync(join(tmpdir(), "attesta-qr-"));
  try {
    const file = join(folder, "code.png");
    writeFileSync(file, png);
    return spawnSync("zbarimg", ["--quiet", "--raw", file], { encoding: "utf8" }).stdout.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
