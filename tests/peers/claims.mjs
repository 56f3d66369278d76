// Claims against the field's own verifiers and signers: each ends in a credential that the wallet keeps, or in a
// refusal that leaves nothing behind.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {attesta} from './attesta.mjs';
import {startIssuer} from './claims/issuer.mjs';
import {unsigned} from './credentials.mjs';

/** Declares the tests; `folder` is where the wallet of the run is made. */
export function describeClaims(folder) {
  const wallet = join(folder, 'claims');
  let issuer;
  let holder;

  before(async () => {
    await mkdir(wallet);
    issuer = await startIssuer();
  });
  after(() => issuer?.close());

  const credential = (model, name) => ({
    ...unsigned({
      model, id: `urn:uuid:${crypto.randomUUID()}`, issuer: 'did:example:replaced',
      issued: '2026-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z'
    }),
    ...(model !== 'VCDM 1.1' && {name})
  });

  /** Imports by a link; returns the one result and the requests that the issuer saw. */
  async function claim(link) {
    const from = issuer.asked.length;
    const {results} = await attesta(wallet, 'import', '--yes', link);
    assert.equal(results.length, 1, JSON.stringify(results));
    return {result: results[0], asked: issuer.asked.slice(from)};
  }

  /** A claim that ends in a valid credential, in the requests told by their paths' first parts. */
  async function checkClaimed(exchange, link, requests) {
    const {result, asked} = await claim(exchange.links[link]);
    const seen = asked.map(({method, path}) => `${method} ${path.split('/')[1]}`);
    assert.equal(result.outcome, 'imported', `${JSON.stringify(result)} ${exchange.why ?? ''} ${seen}`);
    assert.equal(result.verdict, 'valid');
    assert.deepEqual(seen, requests);
    // The credential was made out to the wallet's own key, the same one each time.
    assert.match(exchange.holder, /^did:key:z6Mk/);
    holder ??= exchange.holder;
    assert.equal(exchange.holder, holder);
    const shown = JSON.stringify(await attesta(wallet, 'show', result.id));
    assert.ok(shown.includes(holder) && shown.includes(issuer.did), shown);
    return asked;
  }

  describe('a claim ends in a credential that the wallet keeps', () => {
    for(const model of ['VCDM 1.1', 'VCDM 2.0', 'Open Badges 3.0']) {
      for(const link of ['direct', 'page', 'coordinator']) {
        test(`${model} by a direct request (${link})`, async () => {
          const exchange = issuer.prepare({credential: credential(model, 'Direct request')});
          const service = link === 'coordinator' ? 'coordinator' : 'exchange';
          const [{body}] = await checkClaimed(exchange, link, [`POST ${service}`]);
          assert.equal(body.type.includes('VerifiablePresentation'), true);
          assert.equal(body.proof.type, 'Ed25519Signature2020');
          assert.equal(body.proof.domain, undefined);
        });
      }
      test(`${model} by a request in two steps`, async () => {
        const exchange = issuer.prepare({credential: credential(model, 'Two steps')});
        await checkClaimed(exchange, 'twoStep', ['POST exchange', 'POST exchange']);
      });
      for(const family of ['digitalbazaar', 'digitalcredentials']) {
        for(const suite of ['eddsa-rdfc-2022', 'Ed25519Signature2020']) {
          test(`${model} by an exchange that ${family} checks with ${suite}`, async () => {
            const signedWith = model === 'VCDM 1.1' ? 'Ed25519Signature2020' : 'eddsa-rdfc-2022';
            const exchange = issuer.prepare({
              credential: credential(model, `Exchange ${family}`), family, signedWith, accepted: [suite]
            });
            const [, {body}] = await checkClaimed(exchange, 'message', ['POST workflows', 'POST workflows']);
            const {proof} = body.verifiablePresentation;
            assert.equal(proof.cryptosuite ?? proof.type, suite);
          });
        }
      }
      for(const link of ['interaction', 'scheme']) {
        test(`${model} by an interaction URL (${link})`, async () => {
          const exchange = issuer.prepare({credential: credential(model, 'Interaction')});
          await checkClaimed(exchange, link, ['GET interactions', 'POST workflows', 'POST workflows']);
        });
      }
    }

    test('a request whose domain is left out', async () => {
      const exchange = issuer.prepare({credential: credential('VCDM 2.0', 'No domain'), domain: undefined});
      await checkClaimed(exchange, 'message', ['POST workflows', 'POST workflows']);
    });

    test('an answer whose JSON was escaped for HTML', async () => {
      const exchange = issuer.prepare({credential: credential('VCDM 2.0', 'Escaped'), escaped: true});
      await checkClaimed(exchange, 'direct', ['POST exchange']);
    });

    test('a page to open next beside the credential', async () => {
      const redirectUrl = `${issuer.origin}/thanks`;
      const exchange = issuer.prepare({credential: credential('VCDM 2.0', 'Then'), redirectUrl});
      await checkClaimed(exchange, 'message', ['POST workflows', 'POST workflows']);
    });
  });

  describe('a claim that gives nothing says so and leaves nothing behind', () => {
    async function checkRefused(exchange, link, requests) {
      const kept = await attesta(wallet, 'list');
      const {result, asked} = await claim(link);
      assert.equal(result.outcome, 'failed', JSON.stringify(result));
      assert.ok(result.error.code && result.error.message, JSON.stringify(result));
      assert.deepEqual(asked.map(({method, path}) => `${method} ${path.split('/')[1]}`), requests);
      assert.deepEqual(await attesta(wallet, 'list'), kept);
      return {asked, error: result.error};
    }
    const prepare = more => issuer.prepare({credential: credential('VCDM 2.0', 'Refused'), ...more});

    test('a link that was used, in each protocol', async () => {
      const once = prepare({deleteWhenCollected: true});
      await checkClaimed(once, 'direct', ['POST exchange']);
      const codes = new Set();
      codes.add((await checkRefused(once, once.links.direct, ['POST exchange'])).error.code);
      codes.add((await checkRefused(once, once.links.coordinator, ['POST coordinator'])).error.code);
      codes.add((await checkRefused(once, once.links.twoStep, ['POST exchange'])).error.code);
      codes.add((await checkRefused(once, once.links.interaction, ['GET interactions'])).error.code);
      const exchange = prepare({});
      await checkClaimed(exchange, 'message', ['POST workflows', 'POST workflows']);
      codes.add((await checkRefused(exchange, exchange.links.message, ['POST workflows'])).error.code);
      assert.equal(codes.size, 1, [...codes].join());
    });

    test('a proof for another challenge is refused by the verifier', async () => {
      const exchange = prepare({});
      const link = exchange.links.direct.replace(/challenge=[^&]+/, `challenge=${crypto.randomUUID()}`);
      const {error} = await checkRefused(exchange, link, ['POST exchange']);
      const through = link.replace('/exchange/', '/coordinator/exchange/');
      const other = await checkRefused(exchange, through, ['POST coordinator']);
      assert.equal(other.error.code, error.code);
      assert.match(exchange.why, /challenge/);
    });

    test('an exchange that wants a proof for another domain gets none', async () => {
      const exchange = prepare({domain: 'https://bank.example'});
      const {asked} = await checkRefused(exchange, exchange.links.message, ['POST workflows']);
      assert.equal(asked[0].body.verifiablePresentation, undefined);
    });

    test('an exchange that wants credentials gets none', async () => {
      const query = [{type: 'QueryByExample', credentialQuery: {example: {type: 'VerifiableCredential'}}}];
      const exchange = prepare({query});
      await checkRefused(exchange, exchange.links.interaction, ['GET interactions', 'POST workflows']);
    });

    test('an interaction that offers nothing we know', async () => {
      const exchange = prepare({offered: {inviteRequest: `${issuer.origin}/invite`}});
      await checkRefused(exchange, exchange.links.interaction, ['GET interactions']);
    });
  });
}
