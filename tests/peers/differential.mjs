// The other side of `cargo xtask differential`: JSON lines in, JSON lines out, one answer for each question.
//   {"n", "sign": SUITE, "seed": BYTE, "document": TEXT}   -> {"n", "signed": TEXT} or {"n", "error"}
//   {"n", "verify": TEXT}                                  -> {"n", "verified", "error"}
// Questions carry JSON as text, so that it is read here as it was written.
import {createInterface} from 'node:readline';
import {FAMILIES, SUITES, keyFromSeed} from './families.mjs';
import {documentLoader} from './loader.mjs';

const NOW = '2026-06-15T12:00:00Z';
const CREATED = '2026-02-02T09:00:00Z';
const load = documentLoader();
const {vc, suite} = FAMILIES[0];
const suites = SUITES.map(name => suite(name));
const keys = new Map();

async function sign({sign: name, seed, document}) {
  if(!keys.has(seed)) {
    keys.set(seed, await keyFromSeed(seed));
  }
  const key = keys.get(seed);
  const signer = key.signer(key.did, key.publicKeyMultibase);
  const credential = JSON.parse(document);
  const signed = await vc.issue(
    {credential, suite: suite(name, {signer, date: CREATED}), documentLoader: load, now: NOW});
  return {signed: JSON.stringify(signed)};
}

async function verify({verify: text}) {
  const result = await vc.verifyCredential(
    {credential: JSON.parse(text), suite: suites, documentLoader: load, now: NOW});
  return {verified: result.verified === true, error: describe(result.error)};
}

// The innermost words first: the outer error only says that verification failed.
function describe(error) {
  const all = [...(error?.errors ?? []), error].filter(Boolean);
  const words = all.map(({name, message, cause, details}) =>
    [name, message, cause?.message, details?.event?.code, details?.code].filter(Boolean).join(': '));
  return words.length ? words.join('; ') : undefined;
}

for await (const line of createInterface({input: process.stdin})) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = 'verify' in question ? await verify(question) : await sign(question);
  } catch(error) {
    answer = {verified: false, error: describe(error) ?? String(error)};
  }
  process.stdout.write(`${JSON.stringify({n: question.n, ...answer})}\n`);
}
