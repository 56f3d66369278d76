// The wallet claims what an issuer offers that is built on the libraries of oid4vc-ts (see openid-issuer.mjs).
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Openid4vciVersion} from '@openid4vc/openid4vci';
import {attesta} from './attesta.mjs';
import {startOpenidIssuer} from './openid-issuer.mjs';

/** Each claim: what is offered, and how. */
const CLAIMS = [
  {name: 'an ldp_vc, offered by value', ids: ['badge-ldp'], how: {}},
  {name: 'a jwt_vc_json, offered by value', ids: ['badge-jwt'], how: {}},
  {name: 'a dc+sd-jwt, offered by value', ids: ['course-sd-jwt'], how: {}},
  {name: 'a jwt_vc_json, offered by reference', ids: ['badge-jwt'], how: {byReference: true}},
  {name: 'an ldp_vc with a transaction code', ids: ['badge-ldp'], how: {txCode: '4321'}},
  {
    name: 'a dc+sd-jwt with a transaction code, by reference', ids: ['course-sd-jwt'],
    how: {txCode: '0042', byReference: true}
  },
  {name: 'an ldp_vc that is deferred', ids: ['badge-ldp'], how: {deferred: true}}
];

describe('OpenID for Verifiable Credential Issuance', () => {
  let wallet;
  let issuer;

  before(async () => {
    issuer = await startOpenidIssuer();
    wallet = await mkdtemp(join(tmpdir(), 'attesta-openid-'));
  });

  after(async () => {
    await issuer.close();
    await rm(wallet, {recursive: true, force: true});
  });

  const claim = (link, txCode) => attesta(wallet, 'import', '--yes', ...(txCode ? ['--tx-code', txCode] : []), link);
  const listed = async () => (await attesta(wallet, 'list')).credentials.length;

  for(const {name, ids, how} of CLAIMS) {
    test(`${name}, is claimed, held valid and stored`, async () => {
      const before = await listed();
      const {id, link} = await issuer.offer(ids, how);
      const {results} = await claim(link, how.txCode);
      assert.deepEqual(results.map(({outcome, verdict}) => [outcome, verdict]), [['imported', 'valid']],
        JSON.stringify(results));
      assert.equal(await listed(), before + 1);
      assert.deepEqual(issuer.events(id), ['credential_accepted']);
    });
  }

  test('two credentials of one offer are both stored', async () => {
    const before = await listed();
    const {link} = await issuer.offer(['badge-ldp', 'course-sd-jwt']);
    const {results} = await claim(link);
    assert.deepEqual(results.map(({verdict}) => verdict), ['valid', 'valid'], JSON.stringify(results));
    assert.equal(await listed(), before + 2);
  });

  test('an offer that was used gives nothing, and says so', async () => {
    const {link} = await issuer.offer(['badge-jwt']);
    await claim(link);
    const before = await listed();
    const {code, results} = await claim(link);
    assert.equal(code, 1);
    assert.deepEqual(results.map(({outcome}) => outcome), ['failed']);
    assert.equal(await listed(), before);
  });

  test('a wrong transaction code gives nothing and does not use the offer up', async () => {
    const {link} = await issuer.offer(['badge-jwt'], {txCode: '4321'});
    const before = await listed();
    const {results} = await claim(link, '1111');
    assert.deepEqual(results.map(({outcome}) => outcome), ['failed']);
    assert.equal(await listed(), before);
    const again = await claim(link, '4321');
    assert.deepEqual(again.results.map(({verdict}) => verdict), ['valid'], JSON.stringify(again.results));
  });

  test('a format that the wallet cannot read is named before the offer is used', async () => {
    const {link} = await issuer.offer(['licence-mdoc']);
    const asked = issuer.requests.length;
    const {results} = await claim(link);
    assert.deepEqual(results.map(({outcome}) => outcome), ['failed']);
    assert.deepEqual(issuer.requests.slice(asked), ['GET /.well-known/openid-credential-issuer']);
  });

  test('an issuer of draft 11 is understood', async () => {
    const old = await startOpenidIssuer(Openid4vciVersion.Draft11);
    try {
      for(const how of [{byReference: true}, {byReference: true, txCode: '7777'}]) {
        const {link} = await old.offer(['badge-jwt'], how);
        const {results} = await claim(link, how.txCode);
        assert.deepEqual(results.map(({verdict}) => verdict), ['valid'], JSON.stringify(results));
      }
      assert.ok(!old.requests.includes('POST /nonce'));
    } finally {
      await old.close();
    }
  });
});
