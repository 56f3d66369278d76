// A film of codes for a browser's fake camera.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { PNG } = createRequire(new URL("../e2e/package.json", import.meta.url))("pngjs");

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_EACH = 3;
const PER_SECOND = 10;

/** How light each pixel of a frame is: a code in the middle of a grey picture, as a camera sees a screen. */
export function frame(png) {
  const { width, height, data } = PNG.sync.read(png);
  const light = Buffer.alloc(WIDTH * HEIGHT, 205);
  const side = 440;
  const [left, top] = [(WIDTH - side) / 2, (HEIGHT - side) / 2];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const from = (Math.floor((y * height) / side) * width + Math.floor((x * width) / side)) * 4;
      light[(top + y) * WIDTH + left + x] = data[from] < 128 ? 30 : 235;
    }
  }
  return light;
}

/** A film in which the codes come one after the other (YUV4MPEG2), and the arguments that make Chromium show it. */
export async function camera(pngs) {
  const folder = mkdtempSync(join(tmpdir(), "attesta-camera-"));
  const film = join(folder, "codes.y4m");
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frames = pngs.map(frame).flatMap((light) => Array(FRAMES_EACH).fill(Buffer.concat([Buffer.from("FRAME\n"), light, colour])));
  writeFileSync(film, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${PER_SECOND}:1 Ip A1:1 C420jpeg\n`), ...frames]));
  return {
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
