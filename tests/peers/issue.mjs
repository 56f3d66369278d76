// Issues the matrix: family x suite x DID method x data model x status, each by the family's own library.
// `node issue.mjs FOLDER` writes the files there and keeps the DID documents and lists up until it is stopped.
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {FAMILIES, SUITES, keyFromSeed} from './families.mjs';
import {MODELS, unsigned} from './credentials.mjs';
import {documentLoader} from './loader.mjs';
import {startHost} from './host.mjs';

const METHODS = ['did:key', 'did:web'];
const LIST_BITS = 131072;
// Which bits are set in the two lists of an issuer.
const REVOKED_INDEX = 7341;
const SUSPENDED_INDEX = 94567;
const CLEAR_INDEX = 112;

/** What a status does to a credential: its entries, and the verdict that the wallet must reach. */
const STATUSES = {
  none: {verdict: 'valid', entries: () => undefined},
  clear: {verdict: 'valid', entries: lists => entry(lists.revocation, 'revocation', CLEAR_INDEX)},
  revoked: {verdict: 'revoked', entries: lists => entry(lists.revocation, 'revocation', REVOKED_INDEX)},
  suspended: {
    verdict: 'suspended',
    entries: lists => [
      entry(lists.revocation, 'revocation', CLEAR_INDEX), entry(lists.suspension, 'suspension', SUSPENDED_INDEX)
    ]
  }
};

function entry(list, statusPurpose, index) {
  return {
    id: `${list}#${index}`, type: 'BitstringStatusListEntry', statusPurpose,
    statusListIndex: String(index), statusListCredential: list
  };
}

/** Issues the whole matrix into `folder`; returns what was issued, with the verdict each must reach. */
export async function issueMatrix(folder, host) {
  await mkdir(folder, {recursive: true});
  const load = documentLoader(host.get);
  const issued = new Date(Date.now() - 3_600_000);
  const until = new Date(Date.now() + 365 * 86_400_000);
  const all = [];
  for(const [familyIndex, family] of FAMILIES.entries()) {
    const key = await keyFromSeed(11 + familyIndex);
    const web = host.putDid(family.name, key.publicKeyMultibase);
    for(const method of METHODS) {
      const [issuer, fragment] = method === 'did:key' ? [key.did, key.publicKeyMultibase] : [web, 'key-1'];
      const sign = (suite, credential) => family.vc.issue({
        credential, documentLoader: load,
        suite: family.suite(suite, {signer: key.signer(issuer, fragment), date: seconds(issued)})
      });
      for(const suite of SUITES) {
        const lists = await publishLists({family, host, issuer, sign, suite, issued, name: slug(method, suite)});
        for(const model of MODELS) {
          for(const [status, {verdict, entries}] of Object.entries(STATUSES)) {
            const name = slug(family.name, suite, method, model, status);
            const credential = await sign(suite, unsigned({
              model, issuer, status: entries(lists),
              id: `https://credentials.example/${name}`,
              issued: seconds(issued), until: seconds(until)
            }));
            const file = join(folder, `${name}.json`);
            await writeFile(file, JSON.stringify(credential, null, 2));
            all.push({name, file, family: family.name, suite, method, model, status, verdict, credential});
          }
        }
      }
    }
  }
  return all;
}

/** Publishes a revocation and a suspension list of one issuer, signed with the suite of its credentials. */
async function publishLists({family, host, issuer, sign, suite, issued, name}) {
  const lists = {};
  for(const [purpose, index] of [['revocation', REVOKED_INDEX], ['suspension', SUSPENDED_INDEX]]) {
    const path = `/lists/${family.name}/${name}/${purpose}`;
    const list = await family.status.createList({length: LIST_BITS});
    list.setStatus(index, true);
    const credential = await family.status.createCredential({
      id: `${host.origin}${path}`, list, statusPurpose: purpose,
      context: ['https://www.w3.org/ns/credentials/v2']
    });
    host.put(path, await sign(suite, {...credential, issuer, validFrom: seconds(issued)}));
    lists[purpose] = `${host.origin}${path}`;
  }
  return lists;
}

/** A time without fractions, as the libraries write them. */
export function seconds(date) {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function slug(...words) {
  return words.join(' ').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

if(import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2];
  if(!folder) {
    console.error('usage: node issue.mjs FOLDER');
    process.exit(2);
  }
  const host = await startHost();
  const all = await issueMatrix(folder, host);
  console.log(`${all.length} credentials in ${folder}; DID documents and lists at ${host.origin} until stopped`);
}
