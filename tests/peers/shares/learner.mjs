// A learner's wallet with one credential of each kind that there is in the field, each issued by its own library.
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {attesta} from '../attesta.mjs';
import {unsigned} from '../credentials.mjs';
import {FAMILIES, keyFromSeed} from '../families.mjs';
import {seconds} from '../issue.mjs';
import {documentLoader} from '../loader.mjs';
import {issuerWith, sdJwt, sign} from '../tokens.mjs';

const ISSUED = '2026-01-01T00:00:00Z';
const UNTIL = '2100-01-01T00:00:00Z';
const time = text => Date.parse(text) / 1000;
/** What the learner keeps back of the token that lets her. */
export const KEPT_BACK = {pointer: '/course/hours', value: 'thirty-six hours'};
const OWN_TERMS = {honours: 'https://terms.example/honours'};

/**
 * Issues them, imports them and puts them together. Yields the wallet's folder, each credential by its kind with its
 * identifier and exact text, and how to call the command line.
 */
export async function openLearner(folder, host) {
  const wallet = join(folder, 'learner');
  const issued = join(folder, 'for-the-learner');
  await mkdir(wallet);
  await mkdir(issued);
  const texts = await issueEach(host);
  const files = [];
  for(const [kind, text] of Object.entries(texts)) {
    const file = join(issued, `${kind}.${text.startsWith('{') ? 'json' : 'jwt'}`);
    await writeFile(file, text);
    files.push(file);
  }
  const {results} = await attesta(wallet, 'import', '--yes', ...files);
  const credentials = Object.fromEntries(Object.entries(texts).map(([kind, text], index) => {
    const {id, outcome, verdict} = results[index];
    if(outcome !== 'imported') {
      throw new Error(`${kind} was not imported: ${JSON.stringify(results[index])}`);
    }
    return [kind, {id, text, verdict}];
  }));
  const learner = {
    folder, wallet, credentials,
    run: (...args) => attesta(wallet, ...args),
    /** Makes a bundle of these kinds and yields its identifier. */
    async bundle(title, kinds, ...options) {
      const ids = kinds.map(kind => credentials[kind].id);
      return (await attesta(wallet, 'bundle', 'create', '--title', title, ...options, ...ids)).bundle.id;
    },
    /** Shares a bundle in a form; yields the share. */
    async share(bundle, form, ...options) {
      const done = await attesta(wallet, 'share', bundle, '--as', form, ...options);
      if(!done.share) {
        throw new Error(`share --as ${form}: ${JSON.stringify(done)}`);
      }
      return done.share;
    },
    /** The presentation of a bundle as the wallet signs it, as its text. */
    async presentation(bundle) {
      const out = join(folder, `presentation-${crypto.randomUUID()}.json`);
      await learner.share(bundle, 'json', '--out', out);
      return readFile(out, 'utf8');
    }
  };
  return learner;
}

async function issueEach(host) {
  const [bazaar, consortium] = FAMILIES;
  const key = await keyFromSeed(41);
  const proven = async (family, suite, model, extra = credential => credential) => {
    const credential = extra(unsigned({
      model, issuer: key.did, id: `https://credentials.example/${family.name}/${suite}/${model.length}`,
      issued: ISSUED, until: UNTIL
    }));
    const signer = key.signer(key.did, key.publicKeyMultibase);
    const signed = await family.vc.issue(
      {credential, suite: family.suite(suite, {signer, date: seconds(new Date())}), documentLoader: documentLoader()});
    return JSON.stringify(signed, null, 2);
  };
  return {
    rdfc: await proven(bazaar, 'eddsa-rdfc-2022', 'Open Badges 3.0'),
    rdfc_consortium: await proven(consortium, 'eddsa-rdfc-2022', 'Open Badges 3.0'),
    signature_2020: await proven(consortium, 'Ed25519Signature2020', 'VCDM 1.1'),
    jcs: await proven(bazaar, 'eddsa-jcs-2022', 'VCDM 2.0'),
    // Words of its issuer's own, which only what signs the text itself can carry.
    own_terms: await proven(bazaar, 'eddsa-jcs-2022', 'VCDM 2.0', credential => ({
      ...credential, id: 'https://credentials.example/own-terms', honours: 'with distinction',
      '@context': [...credential['@context'], OWN_TERMS]
    })),
    jwt: await token(),
    sd_jwt: await selective(),
    ob2: hostedBadge(host)
  };
}

async function token() {
  const issuer = await issuerWith('ES256');
  const credential = unsigned(
    {model: 'Open Badges 3.0', id: 'urn:uuid:6a3c9b52-4e6c-4b7e-8f0b-1f2c3d4e5f60', issuer: issuer.id, issued: ISSUED, until: UNTIL});
  return sign(credential, {alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: issuer.kid}, issuer.privateKey);
}

async function selective() {
  const issuer = await issuerWith('ES256');
  const claims = {
    iss: issuer.id, iat: time(ISSUED), exp: time(UNTIL), vct: 'https://credentials.example/course',
    given_name: 'Amélie', course: {title: 'Water Sampling', hours: KEPT_BACK.value}
  };
  const frame = {course: {_sd: ['title', 'hours']}};
  return sdJwt(issuer, 'ES256').issue(claims, frame, {header: {typ: 'dc+sd-jwt', kid: issuer.kid}});
}

// Open Badges 2.0: the host itself is the proof.
function hostedBadge(host) {
  const at = path => `${host.origin}/open-badges-2/${path}`;
  const put = (path, document) => {
    const hosted = {'@context': 'https://w3id.org/openbadges/v2', id: at(path), ...document};
    host.put(new URL(at(path)).pathname, hosted);
    return hosted;
  };
  put('issuer', {type: 'Issuer', name: 'Lambton Adult Learning Centre', url: host.origin, email: 'badges@centre.example'});
  put('badge', {
    type: 'BadgeClass', name: 'Boat Safety', description: 'Handles a small boat on a lake.', criteria: at('criteria'),
    issuer: at('issuer')
  });
  return JSON.stringify(put('assertion', {
    type: 'Assertion', badge: at('badge'), issuedOn: ISSUED, verification: {type: 'hosted'},
    recipient: {type: 'email', hashed: false, identity: 'amelie@example.org'}
  }));
}
