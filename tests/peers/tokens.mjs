// Tokens made by jose and @sd-jwt/core for attesta to judge, and our own test tokens for them to judge.
import {createHash, randomBytes} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SDJwtInstance} from '@sd-jwt/core';
import {CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK} from 'jose';
import {unsigned} from './credentials.mjs';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];
const VECTORS = fileURLToPath(new URL('../vectors', import.meta.url));
const ISSUED = '2026-01-01T00:00:00Z';
const UNTIL = '2100-01-01T00:00:00Z';

const seconds = time => Date.parse(time) / 1000;
const bytes = text => new TextEncoder().encode(text);
const base64url = data => Buffer.from(data).toString('base64url');

/** Each profile: its data model, and the header's type and the payload that it makes of a credential. */
const PROFILES = {
  'Open Badges 3.0 JWT': {model: 'Open Badges 3.0', token: c => ['JWT', {...c, ...registered(c)}]},
  'VCDM 1.1 vc claim': {model: 'VCDM 1.1', token: c => ['JWT', {vc: c, ...registered(c)}]},
  'VC-JOSE-COSE': {model: 'VCDM 2.0', token: c => ['vc+jwt', c]}
};

function registered(credential) {
  return {
    iss: credential.issuer.id ?? credential.issuer,
    jti: credential.id,
    sub: credential.credentialSubject.id,
    nbf: seconds(credential.validFrom ?? credential.issuanceDate),
    exp: seconds(credential.validUntil ?? credential.expirationDate)
  };
}

/** A fresh key of an algorithm and the did:jwk that it is. */
export async function issuerWith(alg) {
  const {publicKey, privateKey} = await generateKeyPair(alg, {extractable: true});
  const {kty, crv, x, y, n, e} = await exportJWK(publicKey);
  const jwk = JSON.parse(JSON.stringify({kty, crv, x, y, n, e}));
  const id = `did:jwk:${base64url(JSON.stringify(jwk))}`;
  return {id, kid: `${id}#0`, jwk, publicKey, privateKey};
}

/** A compact JSON Web Signature, made by jose. */
export const sign = (payload, header, key) =>
  new CompactSign(bytes(JSON.stringify(payload))).setProtectedHeader(header).sign(key);

/** Tokens of each profile and algorithm, each also altered, signed by another and renamed, with the right verdicts. */
export async function issueTokens(folder) {
  const cases = [];
  const add = async (name, token, right) => {
    const file = join(folder, `${cases.length}.jwt`);
    await writeFile(file, token);
    cases.push({name, file, right});
  };
  for(const alg of ALGORITHMS) {
    const [issuer, other] = [await issuerWith(alg), await issuerWith(alg)];
    for(const [profile, {model, token}] of Object.entries(PROFILES)) {
      const credential = unsigned({model, id: `urn:uuid:${crypto.randomUUID()}`, issuer: issuer.id, issued: ISSUED, until: UNTIL});
      const [typ, payload] = token(credential);
      const header = {alg, typ, kid: issuer.kid};
      const good = await sign(payload, header, issuer.privateKey);
      const name = `${profile} with ${alg}`;
      await add(name, good, ['valid']);
      const [head, , signature] = good.split('.');
      const changed = base64url(JSON.stringify({...payload, extra: 1}));
      await add(`${name}, altered`, `${head}.${changed}.${signature}`, ['invalid']);
      await add(`${name}, signed by another`, await sign(payload, header, other.privateKey), ['invalid']);
      await add(`${name}, with another's key`, await sign(payload, {...header, kid: other.kid}, other.privateKey), ['invalid']);
      const embedded = {alg, typ, jwk: other.jwk};
      await add(`${name}, with another's key inside`, await sign(payload, embedded, other.privateKey), ['invalid']);
    }
    for(const [name, token, right] of await selective(issuer, alg)) {
      await add(`SD-JWT VC with ${alg}, ${name}`, token, right);
    }
  }
  return cases;
}

/** An issuer of selective-disclosure tokens, by @sd-jwt/core. */
export const sdJwt = (issuer, alg) => new SDJwtInstance({
  signAlg: alg,
  signer: async data => (await new CompactSign(Buffer.from(data.split('.')[1], 'base64url'))
    .setProtectedHeader(JSON.parse(Buffer.from(data.split('.')[0], 'base64url'))).sign(issuer.privateKey)).split('.')[2],
  verifier: async (data, signature) => !!await compactVerify(`${data}.${signature}`, issuer.publicKey),
  hasher: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
  hashAlg: 'sha-256',
  saltGenerator: length => randomBytes(length).toString('base64url')
});

async function selective(issuer, alg) {
  const instance = sdJwt(issuer, alg);
  const claims = {
    iss: issuer.id, iat: seconds(ISSUED), exp: seconds(UNTIL), vct: 'https://credentials.example/course',
    given_name: 'Amélie', family_name: 'Tremblay', course: {title: 'Water Sampling', hours: 36}, languages: ['fr', 'en']
  };
  const frame = {_sd: ['family_name', 'course'], course: {_sd: ['hours']}, languages: {_sd: [0]}, _sd_decoy: 2};
  const whole = await instance.issue(claims, frame, {header: {typ: 'dc+sd-jwt', kid: issuer.kid}});
  const shown = await instance.present(whole, {course: {hours: true}});
  const invented = base64url(JSON.stringify(['salt', 'degree', 'Doctor of Everything']));
  return [
    ['everything shown', whole, ['valid']],
    ['the course shown', shown, ['valid']],
    ['a degree invented', `${whole}${invented}~`, ['invalid']],
    ['a disclosure repeated', `${whole}${whole.split('~')[1]}~`, ['invalid']]
  ];
}

/** Our own good tokens, which stand in `tests/vectors`, and what jose and @sd-jwt/core say of each. */
export async function judgeOurs() {
  const names = [
    'jwt_open_badge', 'jwt_vc_claim', 'jwt_vc_jose_cose', 'jwt_es256', 'jwt_es384', 'jwt_eddsa', 'jwt_ed25519', 'jwt_rs384',
    'jwt_rs512', 'jwt_ps256', 'sd_jwt_all_shown', 'sd_jwt_some_shown', 'sd_jwt_w3c_credential'
  ];
  return Promise.all(names.map(async name => {
    const token = await readFile(join(VECTORS, name, 'input.jwt'), 'utf8');
    const {alg, kid} = JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));
    const jwk = JSON.parse(Buffer.from(kid.split('#')[0].replace('did:jwk:', ''), 'base64url'));
    const publicKey = await importJWK(jwk, alg);
    const judge = token.includes('~') ? sdJwt({publicKey}, alg).verify(token) : compactVerify(token, publicKey);
    return {name, holds: await judge.then(() => true, error => error)};
  }));
}
