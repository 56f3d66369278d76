// What lies beyond the page: the system's dialog for files, and the programs that it opens addresses with.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { until } from "./webdriver.mjs";

const OPENED = "opened.txt";

/** Settings of the environment with which every address that the program opens is noted in a folder and goes nowhere. */
export function openers(folder) {
  const programs = join(folder, "programs");
  mkdirSync(programs, { recursive: true });
  const note = join(programs, "xdg-open");
  writeFileSync(note, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${join(folder, OPENED)}'\n`);
  chmodSync(note, 0o755);
  return { PATH: programs + delimiter + process.env.PATH };
}

/** The addresses that were opened, in their order. */
export const addressesOpened = (folder) => {
  const file = join(folder, OPENED);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
};

/** Answers the system's own dialog with a path, by the keyboard, as the page never can; yields the path. */
export async function saveAs(path) {
  const shown = await until("the system asks where to save", () => {
    const windows = visible();
    return windows.length > 1 && windows;
  });
  // The newest window is the dialog. It takes keys a moment after it is there, so what it did not take is typed again.
  const dialog = shown.at(-1);
  await until(`${path} is written`, async () => {
    type(dialog, path);
    return until("it is there", () => existsSync(path) && statSync(path).size > 0 && visible().length === 1, 10).catch(() => false);
  }, 60);
  return path;
}

function type(dialog, path) {
  if (!visible().includes(dialog)) return;
  xdotool("windowfocus", "--sync", dialog);
  xdotool("key", "ctrl+a");
  xdotool("type", "--delay", "8", path);
  xdotool("key", "Return");
}

const xdotool = (...words) => execFileSync("xdotool", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** The program's windows on the display of this run, the oldest first. */
function visible() {
  try {
    return xdotool("search", "--onlyvisible", "--class", "attesta").split("\n").filter(Boolean).sort((a, b) => a - b);
  } catch {
    return [];
  }
}
