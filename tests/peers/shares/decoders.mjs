// Two QR decoders that share no code with ours or with each other: jsQR, and zbar as a program.
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import jsqr from 'jsqr';
import {rgba, toPng} from './pictures.mjs';

/** What jsQR reads in a grey picture; nothing where it finds no code. */
export async function withJsqr(shown) {
  return jsqr(rgba(shown), shown.width, shown.height, {inversionAttempts: 'dontInvert'})?.data;
}

/** What zbar reads in a grey picture; nothing where it finds no code. */
export async function withZbar(shown) {
  const folder = await mkdtemp(join(tmpdir(), 'attesta-code-'));
  try {
    const file = join(folder, 'code.png');
    await writeFile(file, toPng(shown));
    return await read(file);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

function read(file) {
  const options = ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file];
  return new Promise((resolve, reject) => {
    execFile('zbarimg', options, {maxBuffer: 1 << 20}, (error, stdout) => {
      if(error?.code === 'ENOENT') {
        reject(new Error('zbarimg is missing: install the Debian package zbar-tools'));
      }
      resolve(error ? undefined : stdout.replace(/\n$/, ''));
    });
  });
}

/** Both, by their names. */
export const DECODERS = {jsQR: withJsqr, zbar: withZbar};
