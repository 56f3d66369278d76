// Runs the attesta command line; its JSON is the contract that is tested here.
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const DEFAULT = fileURLToPath(new URL('../../target/debug/attesta', import.meta.url));
const PROGRAM = process.env.ATTESTA_BIN ?? DEFAULT;

/** Stops with a clear message where the program is missing. */
export function requireAttesta() {
  if(!existsSync(PROGRAM)) {
    throw new Error(`No attesta at ${PROGRAM}: build it with \`cargo build -p attesta-cli\` or set ATTESTA_BIN`);
  }
}

/** Runs `attesta --json ARGS` in a wallet folder of its own and returns what it printed. */
export async function attesta(dataDir, ...args) {
  const {code, stdout, stderr} = await new Promise(resolve => {
    execFile(PROGRAM, ['--json', '--allow-loopback', '--data-dir', dataDir, ...args],
      {maxBuffer: 256 << 20, cwd: dataDir}, (error, stdout, stderr) => resolve({code: error?.code ?? 0, stdout, stderr}));
  });
  if(code !== 0 && code !== 1) {
    throw new Error(`attesta ${args[0]} ended with ${code}: ${stderr || stdout}`);
  }
  return {code, ...JSON.parse(stdout)};
}

/** The verify results of many files by their path. */
export async function verifyFiles(dataDir, files) {
  const {results} = await attesta(dataDir, 'verify', ...files);
  return new Map(results.map(result => [result.source, result]));
}
