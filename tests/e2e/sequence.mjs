// A camera before a sequence of codes: pictures of the screen, two decoders, and a reader of Uniform Resources that is
// not ours.
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

import { readWithJsqr, readWithZbar } from "./qr.mjs";

const { URDecoder } = createRequire(new URL("../peers/package.json", import.meta.url))("@ngraveio/bc-ur");

/** How long somebody holds a telephone before a screen. */
const PATIENCE = 90_000;

/** Takes pictures until the reader has enough; yields the message, and what each decoder read. */
export async function filmSequence(window) {
  const decoder = new URDecoder();
  const seen = { jsqr: new Set(), zbar: new Set() };
  const end = Date.now() + PATIENCE;
  while (!decoder.isComplete()) {
    if (Date.now() > end) throw new Error(`after ${seen.zbar.size} codes there are only ${decoder.estimatedPercentComplete()} of them`);
    const picture = await window.picture();
    const [jsqr, zbar] = [readWithJsqr(picture), readWithZbar(picture)];
    if (jsqr) seen.jsqr.add(jsqr);
    if (zbar) seen.zbar.add(zbar);
    const part = jsqr || zbar;
    if (part) decoder.receivePart(part.toLowerCase());
    await pause(20);
  }
  if (!decoder.isSuccess()) throw new Error(decoder.resultError());
  return { message: decoder.resultUR().decodeCBOR(), seen };
}
