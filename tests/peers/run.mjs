// The field's own libraries issue; attesta must reach the right verdict. Attesta signs; their verifiers must accept.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ALTERATIONS, FORGERIES, REWRITES} from './alter.mjs';
import {attesta, requireAttesta, verifyFiles} from './attesta.mjs';
import {describeClaims} from './claims.mjs';
import {FAMILIES, keyFromSeed} from './families.mjs';
import {issueMatrix, seconds} from './issue.mjs';
import {documentLoader} from './loader.mjs';
import {startHost} from './host.mjs';
import {verifyPresentationWith} from './present.mjs';
import {describeShares} from './shares.mjs';
import './openid.mjs';
import {issueTokens, judgeOurs} from './tokens.mjs';

// A library that tried the internet must fail here, not succeed by luck.
const fetchAnything = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const {hostname} = new URL(input.url ?? input);
  if(hostname !== 'localhost' && hostname !== '127.0.0.1') {
    throw new Error(`The peers' run is offline; it does not ask ${hostname}`);
  }
  return fetchAnything(input, init);
};

requireAttesta();
const folder = await mkdtemp(join(tmpdir(), 'attesta-peers-'));
const wallet = join(folder, 'wallet');
await mkdir(wallet);
const host = await startHost();
const matrix = await issueMatrix(join(folder, 'issued'), host);
const verified = await verifyFiles(wallet, matrix.map(({file}) => file));

after(async () => {
  await host.close();
  await rm(folder, {recursive: true, force: true});
});

const told = result => JSON.stringify(result?.checks?.filter(({outcome}) => outcome !== 'pass') ?? result);

describe('what their libraries issue gets the right verdict', () => {
  for(const {name, file, verdict} of matrix) {
    test(`${name} is ${verdict}`, () => {
      const result = verified.get(file);
      assert.equal(result?.verdict, verdict, told(result));
    });
  }
});

describe('what was altered after signing is never valid', async () => {
  const cases = [];
  await mkdir(join(folder, 'altered'));
  const write = async (issued, change, right, text) => {
    const file = join(folder, 'altered', `${cases.length}.json`);
    await writeFile(file, text);
    cases.push({name: `${issued.name}: ${change}`, file, right});
  };
  const seeds = matrix.filter(({status}) => status === 'none');
  for(const [index, issued] of seeds.entries()) {
    const sibling = seeds[(index + 1) % seeds.length].credential;
    for(const [change, right, alter] of ALTERATIONS) {
      const copy = structuredClone(issued.credential);
      if(alter(copy, {sibling}) !== false) {
        await write(issued, change, right, JSON.stringify(copy));
      }
    }
  }
  for(const issued of matrix.filter(({status}) => status === 'revoked' || status === 'suspended')) {
    const {credentialStatus, ...copy} = structuredClone(issued.credential);
    await write(issued, 'its status taken out', ['invalid'], JSON.stringify(copy));
    const entries = [credentialStatus].flat().map(entry => ({...entry, statusListIndex: '1'}));
    await write(issued, 'its status moved to a clear place', ['invalid'],
      JSON.stringify({...copy, credentialStatus: entries}));
  }
  const results = await verifyFiles(wallet, cases.map(({file}) => file));
  for(const {name, file, right} of cases) {
    test(name, () => {
      const result = results.get(file);
      assert.ok(right.includes(result?.verdict), `${result?.verdict}, not ${right.join(' or ')}: ${told(result)}`);
    });
  }
});

describe('what somebody else signed in the issuer\'s name is never valid', async () => {
  const cases = [];
  await mkdir(join(folder, 'forged'));
  const stranger = await keyFromSeed(99);
  const families = new Map(FAMILIES.map(family => [family.name, family]));
  for(const issued of matrix.filter(({status}) => status === 'none')) {
    const {proof, ...unsigned} = structuredClone(issued.credential);
    const issuer = unsigned.issuer.id ?? unsigned.issuer;
    const family = families.get(issued.family);
    for(const [forgery, place] of FORGERIES) {
      const signer = stranger.signer(...place(stranger, issuer));
      const suite = family.suite(issued.suite, {signer, date: proof.created ?? seconds(new Date())});
      const credential = await family.vc.issue(
        {credential: structuredClone(unsigned), suite, documentLoader: documentLoader(host.get)});
      const file = join(folder, 'forged', `${cases.length}.json`);
      await writeFile(file, JSON.stringify(credential));
      cases.push({name: `${issued.name}: ${forgery}`, file});
    }
  }
  const results = await verifyFiles(wallet, cases.map(({file}) => file));
  for(const {name, file} of cases) {
    test(name, () => assert.equal(results.get(file)?.verdict, 'invalid', told(results.get(file))));
  }
});

describe('what was only written otherwise stays valid', async () => {
  const cases = [];
  await mkdir(join(folder, 'rewritten'));
  for(const issued of matrix.filter(({status}) => status === 'none')) {
    for(const [change, rewrite] of REWRITES) {
      const file = join(folder, 'rewritten', `${cases.length}.json`);
      const text = rewrite(issued.credential);
      assert.deepEqual(JSON.parse(text), issued.credential);
      await writeFile(file, text);
      cases.push({name: `${issued.name} ${change}`, file});
    }
  }
  const results = await verifyFiles(wallet, cases.map(({file}) => file));
  for(const {name, file} of cases) {
    test(name, () => assert.equal(results.get(file)?.verdict, 'valid', told(results.get(file))));
  }
});

describe('their verifiers accept what the wallet signs', () => {
  let presentation;

  before(async () => {
    const files = matrix
      .filter(({status, method, suite}) =>
        status === 'none' && method === 'did:key' && suite !== 'eddsa-jcs-2022')
      .map(({file}) => file);
    const {results} = await attesta(wallet, 'import', ...files);
    assert.deepEqual(results.filter(({outcome}) => outcome !== 'imported'), []);
    const ids = results.map(({id}) => id);
    const {bundle} = await attesta(wallet, 'bundle', 'create', '--title', 'Winter session', ...ids);
    const out = join(folder, 'presentation.json');
    await attesta(wallet, 'share', bundle.id, '--as', 'json', '--out', out);
    presentation = JSON.parse(await readFile(out, 'utf8'));
  });

  for(const verifier of ['@digitalbazaar/vc', '@digitalcredentials/vc', '@digitalcredentials/verifier-core']) {
    test(`${verifier} accepts the presentation and each credential in it`, async () => {
      const {accepted, credentials, why} = await verifyPresentationWith(verifier, structuredClone(presentation));
      assert.ok(accepted, why);
      assert.equal(credentials, presentation.verifiableCredential.length);
    });

    test(`${verifier} refuses the presentation once its holder is changed`, async () => {
      const altered = {...structuredClone(presentation), holder: (await keyFromSeed(98)).did};
      assert.equal((await verifyPresentationWith(verifier, altered)).accepted, false);
    });
  }
});

describe('tokens', async () => {
  await mkdir(join(folder, 'tokens'));
  const cases = await issueTokens(join(folder, 'tokens'));
  const judged = await verifyFiles(wallet, cases.map(({file}) => file));
  for(const {name, file, right} of cases) {
    test(`${name} is ${right.join(' or ')}`, () => {
      const result = judged.get(file);
      assert.ok(right.includes(result?.verdict), `${result?.verdict}: ${told(result)}`);
    });
  }
  for(const {name, holds} of await judgeOurs()) {
    test(`our ${name} holds with them too`, () => assert.equal(holds, true));
  }
});

describe('claims', () => describeClaims(folder));

describe('what the learner gives out', () => describeShares(folder, host));
