// How the program starts on a wallet that it can't open.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { answerMessage } from "./outside.mjs";
import { withFolder } from "./processes.mjs";
import { show } from "./world.mjs";

test("a wallet that can not be opened is left as it is, and a message says so in both languages", async () => {
  for (const [language, words] of [["en_CA.UTF-8", /wallet/i], ["fr_CA.UTF-8", /portefeuille/i]]) {
    await withFolder(async (folder) => {
      const wallet = join(folder, "attesta.sqlite3");
      const bytes = Buffer.alloc(8192, "no database of ours ");
      writeFileSync(wallet, bytes);
      const shown = show(folder, { LC_ALL: language });
      try {
        await answerMessage();
        const { status, stderr } = await shown.ended;
        assert.equal(status, 3);
        assert.match(stderr, words);
      } finally {
        shown.stop();
      }
      assert.deepEqual(readFileSync(wallet), bytes);
    });
  }
});
