// What lies beyond the page: the system's dialog for files, and the programs that it opens addresses with.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

import x11 from "x11";

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

/** Settings of the environment with which the system knows a folder for documents, and a home without anything of ours. */
export function home(folder) {
  const at = join(folder, "home");
  mkdirSync(join(at, ".config"), { recursive: true });
  mkdirSync(documents(folder), { recursive: true });
  writeFileSync(join(at, ".config", "user-dirs.dirs"), `XDG_DOCUMENTS_DIR="${documents(folder)}"\n`);
  return { HOME: at };
}

const documents = (folder) => join(folder, "documents");

/** Answers the system's own dialog with yes, by the keyboard, as the page never can; yields the path of the file. */
export async function saveAsOffered(folder) {
  await until("the system asks where to save", () => visible().length > 1);
  const before = new Set(readdirSync(documents(folder)));
  const written = () => readdirSync(documents(folder)).find((name) => !before.has(name));
  await until("the file is written", async () => {
    // The newest window is the dialog. It takes keys a moment after it is there, so one that it did not take is sent again.
    const dialog = visible().at(-1);
    if (visible().length > 1) press(dialog, "Return");
    return until("it is there", () => written() && visible().length === 1, 5).catch(() => false);
  }, 120).catch((error) => {
    throw new Error(`${error.message}; there are ${readdirSync(documents(folder))}; windows: ${described()}`);
  });
  return join(documents(folder), written());
}

/** Answers a message that stands alone on the display with yes. */
export async function answerMessage() {
  await until("a message is shown", () => visible().length === 1);
  await until("the message is gone", () => {
    const [message] = visible();
    if (message) press(message, "Return");
    return message === undefined;
  });
}

/** Asks the window to close, as the cross in its frame does (ICCCM 4.2.8.1). */
export async function askToClose() {
  const display = await promisify(x11.createClient)({});
  const server = display.client;
  const atom = promisify(server.InternAtom).bind(server);
  try {
    const [window] = visible();
    const [protocols, close] = [await atom(false, "WM_PROTOCOLS"), await atom(false, "WM_DELETE_WINDOW")];
    await server.SendClientMessage(window, window, protocols, 32, [close, 0], 0);
    await server.sync();
  } finally {
    server.terminate();
  }
}

/** Waits until nothing of the program is on the display. */
export const windowIsGone = () => until("the window is closed", () => visible().length === 0);

function press(window, key) {
  xdotool("windowfocus", "--sync", window);
  xdotool("key", key);
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

const described = () =>
  visible().map((id) => `${xdotool("getwindowname", id).trim()} (${xdotool("getwindowgeometry", id).split("\n").slice(1).join(" ").trim()})`).join(", ");
