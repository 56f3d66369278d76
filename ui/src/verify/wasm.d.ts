/** The checker as it is generated into src/lib/wasm; declared here because it is built, not kept. */
declare module '*/attesta_wasm.js' {
  export class Session {
    constructor(language: string, allowLoopback: boolean);
    add(name: string, bytes: Uint8Array): void;
    turn(nowRfc3339: string, answersJson: string): string;
    unseal(passphrase: string): string;
    speak(language: string): void;
    free(): void;
  }
  export class Sequence {
    constructor();
    receive(text: string): string;
    free(): void;
  }
  export function lookInto(bytes: Uint8Array): string;
  export function readCodes(width: number, height: number, rgba: Uint8Array, search: boolean): string;
  export default function init(source: { module_or_path: string | ArrayBuffer }): Promise<unknown>;
}

/** Where the checker comes from: `build/hosted.ts`, or `build/single.ts` for the page in one file. */
declare module '$checker' {
  export function module(): Promise<string | ArrayBuffer>;
  export function startWorker(): Worker;
}

/** The address of the page that the publisher of this build hosts; empty where there is none. */
declare const __PUBLISHED_PAGE__: string;
