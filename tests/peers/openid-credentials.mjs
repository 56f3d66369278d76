// Credentials bound to a holder's key, in the three formats, signed by jose, @sd-jwt/core and @digitalbazaar/vc.
import {randomUUID} from 'node:crypto';
import {unsigned} from './credentials.mjs';
import {FAMILIES, keyFromSeed} from './families.mjs';
import {documentLoader} from './loader.mjs';
import {issuerWith, sdJwt, sign} from './tokens.mjs';

const ISSUED = '2026-01-01T00:00:00Z';
const UNTIL = '2100-01-01T00:00:00Z';
const tokenIssuer = await issuerWith('EdDSA');
const ldpIssuer = await keyFromSeed(61);

function badge(issuer, holder) {
  const credential = unsigned(
    {model: 'Open Badges 3.0', id: `urn:uuid:${randomUUID()}`, issuer, issued: ISSUED, until: UNTIL});
  credential.credentialSubject.id = holder;
  return credential;
}

/** A credential of a format, for the holder whose proof was accepted: by DID, or by JSON Web Key. */
export async function issueFor(format, {did, jwk}) {
  const subject = did ?? `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  switch(format) {
    case 'ldp_vc': {
      const family = FAMILIES.find(({name}) => name === 'digitalbazaar');
      const signer = ldpIssuer.signer(ldpIssuer.did, ldpIssuer.publicKeyMultibase);
      const suite = family.suite('eddsa-rdfc-2022', {signer, date: ISSUED});
      const credential = badge(ldpIssuer.did, subject);
      return family.vc.issue({credential, suite, documentLoader: documentLoader()});
    }
    case 'jwt_vc_json': {
      const credential = badge(tokenIssuer.id, subject);
      const header = {alg: 'EdDSA', typ: 'JWT', kid: tokenIssuer.kid};
      const seconds = time => Date.parse(time) / 1000;
      const claims = {
        iss: tokenIssuer.id, jti: credential.id, sub: subject, nbf: seconds(ISSUED), exp: seconds(UNTIL)
      };
      return sign({...credential, ...claims}, header, tokenIssuer.privateKey);
    }
    case 'dc+sd-jwt': {
      const claims = {
        iss: tokenIssuer.id, jti: `urn:uuid:${randomUUID()}`, iat: Date.parse(ISSUED) / 1000, exp: Date.parse(UNTIL) / 1000,
        vct: 'https://credentials.example/course', cnf: {jwk}, given_name: 'Amélie', course: 'Water Sampling'
      };
      return sdJwt(tokenIssuer, 'EdDSA').issue(
        claims, {_sd: ['given_name']}, {header: {typ: 'dc+sd-jwt', kid: tokenIssuer.kid}});
    }
    default: throw new Error(`No format ${format}`);
  }
}
