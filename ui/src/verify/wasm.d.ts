/** The checker as it is generated into src/lib/wasm; declared here because it is built, not kept. */
declare module '*/attesta_wasm.js' {
  export class Session {
    constructor(text: string, language: string, allowLoopback: boolean);
    static fromBytes(bytes: Uint8Array, language: string, allowLoopback: boolean): Session;
    turn(nowRfc3339: string, answersJson: string): string;
    free(): void;
  }
  export default function init(): Promise<unknown>;
}
