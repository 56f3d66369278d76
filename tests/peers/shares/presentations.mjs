// What the wallet signs, judged by their verifiers: as it is, and with one thing in it changed.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {compactVerify, importJWK} from 'jose';
import {FAMILIES, keyFromSeed} from '../families.mjs';
import {verifyCredentialWith, verifyHolderWith} from '../present.mjs';
import {sdJwt} from '../tokens.mjs';
import {KEPT_BACK} from './learner.mjs';

const PURPOSES = ['authentication', 'assertionMethod'];
const KINDS = ['jwt', 'rdfc', 'ob2', 'jcs', 'rdfc_consortium', 'signature_2020', 'sd_jwt'];
const WORDS = ['--note', 'Six years on the **water**.', '--audience', 'Bluewater Health', '--hide', 'evidence', '--hide', 'results'];

/** One thing changed in what the holder signed; each of their verifiers must see it. */
const CHANGES = {
  'another title': vp => { vp.name = 'For somebody else'; },
  'no title': vp => { delete vp.name; },
  'another note': vp => { vp.description += ' Really.'; },
  'another audience': vp => { vp['attesta:audience'] = 'Everybody'; },
  'no audience': vp => { delete vp['attesta:audience']; },
  'a part less folded away': vp => { vp['attesta:hidden'] = vp['attesta:hidden'].slice(1); },
  'a part more folded away': vp => { vp['attesta:hidden'] = [...vp['attesta:hidden'], 'criteria']; },
  'another note on a credential': vp => { notes(vp)[0]['attesta:text'] += '!'; },
  'a note moved to another credential': vp => { notes(vp)[0]['attesta:place'] += 2; },
  'a note more': vp => { vp['attesta:notes'] = [...notes(vp), {'attesta:place': 4, 'attesta:text': 'Best of my class.'}]; },
  'another digest of what it holds': vp => { vp['attesta:contents'] = digest(['']); },
  'no digest': vp => { delete vp['attesta:contents']; },
  'another badge beside': vp => { beside(vp)['attesta:text'] = beside(vp)['attesta:text'].replace('amelie', 'somebody'); },
  'the badge beside moved': vp => { beside(vp)['attesta:place'] = 1; },
  'nothing beside': vp => { delete vp['attesta:beside']; },
  'another holder': async vp => { vp.holder = (await keyFromSeed(98)).did; },
  'a credential less': vp => { vp.verifiableCredential.pop(); },
  'a credential twice': vp => { vp.verifiableCredential.push({...vp.verifiableCredential[1], id: 'https://credentials.example/twice'}); },
  'a later end': vp => { vp.proof.forEach(proof => { proof.expires = '2099-01-01T00:00:00Z'; }); },
  'no end': vp => { vp.proof.forEach(proof => { delete proof.expires; }); }
};

const notes = vp => [vp['attesta:notes']].flat();
const beside = vp => [vp['attesta:beside']].flat()[0];

/** The digest over the exact texts of what a presentation holds, as the format's page states it. */
export function digest(texts) {
  const sha256 = data => createHash('sha256').update(data).digest();
  const multihash = Buffer.concat([Buffer.from([0x12, 0x20]), sha256(Buffer.concat(texts.map(sha256)))]);
  return `u${multihash.toString('base64url')}`;
}

/** Signs what is to be judged; yields what defines the tests. */
export async function preparePresentations(learner) {
  const {credentials} = learner;
  const bundle = await learner.bundle('Winter session', KINDS, ...WORDS,
    '--note-on', `${credentials.rdfc.id}=Six shop exercises, all by hand.`,
    '--note-on', `${credentials.ob2.id}=I took the boat out every week.`,
    '--withhold', `${credentials.sd_jwt.id}=${KEPT_BACK.pointer}`);
  const out = join(learner.folder, 'winter.json');
  await learner.share(bundle, 'json', '--out', out, '--expires', '2099-12-31');
  const text = await readFile(out, 'utf8');
  const presentation = JSON.parse(text);
  const open = async document => {
    const file = join(learner.folder, `${crypto.randomUUID()}.json`);
    await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
    return learner.run('open', file);
  };
  const ownTerms = await learner.bundle('In its own words', ['own_terms', 'jcs'], '--audience', 'Bluewater Health');
  const inOwnTerms = JSON.parse(await learner.presentation(ownTerms));
  return () => {
    describeWhole({learner, text, presentation, open});
    describeChanged({text, presentation, open});
    describeOwnTerms(inOwnTerms);
  };
}

function describeWhole({learner: {credentials}, text, presentation, open}) {
  describe('a presentation of every kind', () => {
    test('opens with the learner\'s words, each credential and its note in their order', async () => {
      const {code, verdict, presentation: read, results} = await open(text);
      assert.deepEqual([code, verdict, read.verdict], [0, 'valid', 'valid'], JSON.stringify(read));
      assert.deepEqual([read.title, read.note, read.audience], ['Winter session', WORDS[1], 'Bluewater Health']);
      assert.deepEqual(results.map(result => result.verdict), KINDS.map(() => 'valid'));
      assert.match(results[2].credential.name, /Boat Safety/);
    });

    test('carries each credential byte for byte, tokens in envelopes, and what is no credential beside', () => {
      for(const kind of ['rdfc', 'rdfc_consortium', 'signature_2020', 'jcs']) {
        assert.ok(text.includes(credentials[kind].text), kind);
      }
      const envelopes = presentation.verifiableCredential.filter(({type}) => type === 'EnvelopedVerifiableCredential');
      assert.ok(envelopes.some(({id}) => id === `data:application/vc+jwt,${credentials.jwt.text}`));
      assert.deepEqual(beside(presentation), {'attesta:place': 3, 'attesta:text': credentials.ob2.text});
    });

    test('shows what the learner chose of a token, and nothing of what she kept back', async () => {
      const {id} = presentation.verifiableCredential.find(({id}) => id?.startsWith('data:application/dc+sd-jwt,'));
      const shown = id.slice(id.indexOf(',') + 1);
      const kid = JSON.parse(Buffer.from(shown.split('.')[0], 'base64url')).kid;
      const jwk = JSON.parse(Buffer.from(kid.split('#')[0].replace('did:jwk:', ''), 'base64url'));
      const {payload} = await sdJwt({publicKey: await importJWK(jwk, 'ES256')}, 'ES256').verify(shown);
      assert.deepEqual(payload.course, {title: 'Water Sampling'});
      const everything = text + shown.split('~').map(part => Buffer.from(part, 'base64url')).join('\n');
      assert.ok(!everything.includes(KEPT_BACK.value), 'what was kept back is not there');
    });

    test('states the digest over what it holds', () => {
      const texts = presentation.verifiableCredential.map(one =>
        one.type === 'EnvelopedVerifiableCredential' ? one.id.slice(one.id.indexOf(',') + 1) : exactText(text, one));
      texts.splice(2, 0, credentials.ob2.text);
      assert.equal(presentation['attesta:contents'], digest(texts));
    });

    for(const {name} of FAMILIES) {
      for(const purpose of PURPOSES) {
        test(`@${name} accepts the holder's proof for ${purpose}`, async () => {
          const {accepted, why} = await verifyHolderWith(name, structuredClone(presentation), purpose);
          assert.ok(accepted, why);
        });
      }

      test(`@${name} accepts each credential with a proof in it`, async () => {
        const proven = presentation.verifiableCredential.filter(({proof}) => proof);
        assert.equal(proven.length, 4);
        for(const credential of proven) {
          const {accepted, why} = await verifyCredentialWith(name, structuredClone(credential));
          assert.ok(accepted, `${credential.id}: ${why}`);
        }
      });
    }

    test('jose accepts the token in its envelope', async () => {
      const envelope = presentation.verifiableCredential.find(({id}) => id?.startsWith('data:application/vc+jwt,'));
      const token = envelope.id.slice(envelope.id.indexOf(',') + 1);
      const {kid, alg} = JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));
      const jwk = JSON.parse(Buffer.from(kid.split('#')[0].replace('did:jwk:', ''), 'base64url'));
      await compactVerify(token, await importJWK(jwk, alg));
    });
  });
}

function describeChanged({text, presentation, open}) {
  describe('a presentation with one thing changed', () => {
    for(const [change, alter] of Object.entries(CHANGES)) {
      test(`${change} is refused by everybody`, async () => {
        const altered = structuredClone(presentation);
        await alter(altered);
        assert.notDeepEqual(altered, presentation, 'the change changes something');
        for(const {name} of FAMILIES) {
          for(const purpose of PURPOSES) {
            const {accepted} = await verifyHolderWith(name, structuredClone(altered), purpose);
            assert.equal(accepted, false, `${name}, ${purpose}`);
          }
        }
        const ours = await open(altered);
        assert.ok(ours.code === 1 && ours.presentation?.verdict !== 'valid', JSON.stringify(ours.presentation ?? ours.error));
      });
    }

    // To linked data the credentials are a set, so that only the digest shows what follows.
    test('credentials in another order are refused by the wallet', async () => {
      const altered = structuredClone(presentation);
      altered.verifiableCredential.reverse();
      const {code, presentation: read} = await open(altered);
      assert.deepEqual([code, read.verdict], [1, 'invalid']);
    });

    test('credentials written otherwise are refused by the wallet', async () => {
      assert.notEqual(JSON.stringify(presentation), text, 'the issuers wrote with line breaks');
      const {code, presentation: read} = await open(JSON.stringify(presentation));
      assert.deepEqual([code, read.verdict], [1, 'invalid']);
    });
  });
}

function describeOwnTerms(presentation) {
  describe('a presentation of what has no published meaning', () => {
    test('is signed as text', () => {
      assert.deepEqual(presentation.proof.map(({cryptosuite}) => cryptosuite), ['eddsa-jcs-2022', 'eddsa-jcs-2022']);
    });

    for(const {name} of FAMILIES) {
      for(const purpose of PURPOSES) {
        test(`@${name} accepts the holder's proof for ${purpose}, and not of another audience`, async () => {
          const {accepted, why} = await verifyHolderWith(name, structuredClone(presentation), purpose);
          assert.ok(accepted, why);
          const altered = {...structuredClone(presentation), 'attesta:audience': 'Everybody'};
          assert.equal((await verifyHolderWith(name, altered, purpose)).accepted, false);
        });
      }
    }
  });
}

/** The text of a credential as it stands in the presentation's text. */
function exactText(text, credential) {
  const start = text.lastIndexOf('{', text.indexOf(JSON.stringify(credential.id)));
  let depth = 0;
  let quoted = false;
  for(let at = start; at < text.length; at += 1) {
    if(quoted) {
      if(text[at] === '\\') { at += 1; } else if(text[at] === '"') { quoted = false; }
    } else if(text[at] === '"') {
      quoted = true;
    } else if('{['.includes(text[at])) {
      depth += 1;
    } else if('}]'.includes(text[at])) {
      depth -= 1;
      if(depth === 0) { return text.slice(start, at + 1); }
    }
  }
  throw new Error(`${credential.id} does not stand in the text`);
}
