// A loopback issuer that speaks OpenID for Verifiable Credential Issuance through the libraries of
// openwallet-foundation-labs/oid4vc-ts: they write metadata, offers and answers, and judge what the wallet sends.
// Ours are only the routes, the memory of what was offered, and the notification endpoint, which they have no part for.
import {createHash, randomBytes, randomUUID} from 'node:crypto';
import {createServer} from 'node:http';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {Oauth2AuthorizationServer, Oauth2ResourceServer, preAuthorizedCodeGrantIdentifier} from '@openid4vc/oauth2';
import {Openid4vciIssuer, Openid4vciVersion, setGlobalConfig} from '@openid4vc/openid4vci';
import {SignJWT, exportJWK, generateKeyPair, importJWK, jwtVerify} from 'jose';
import {issueFor} from './openid-credentials.mjs';

// They refuse plain http otherwise, and the issuer stands on loopback.
setGlobalConfig({allowInsecureUrls: true});

const JWT_PROOF = {jwt: {proof_signing_alg_values_supported: ['EdDSA', 'ES256']}};
const TYPES = ['VerifiableCredential', 'OpenBadgeCredential'];

/** What is offered, as the final text describes it. */
const CONFIGURATIONS = {
  'badge-ldp': {
    format: 'ldp_vc', scope: 'badge', proof_types_supported: JWT_PROOF,
    cryptographic_binding_methods_supported: ['did:key'],
    credential_signing_alg_values_supported: ['eddsa-rdfc-2022'],
    credential_definition: {'@context': ['https://www.w3.org/ns/credentials/v2'], type: TYPES},
    credential_metadata: {display: [{name: 'Welding Fundamentals', locale: 'en'}]}
  },
  'badge-jwt': {
    format: 'jwt_vc_json', scope: 'badge', proof_types_supported: JWT_PROOF,
    cryptographic_binding_methods_supported: ['did:key', 'jwk'],
    credential_signing_alg_values_supported: ['EdDSA'],
    credential_definition: {type: TYPES}
  },
  'course-sd-jwt': {
    format: 'dc+sd-jwt', scope: 'course', proof_types_supported: JWT_PROOF,
    cryptographic_binding_methods_supported: ['jwk'],
    credential_signing_alg_values_supported: ['EdDSA'],
    vct: 'https://credentials.example/course'
  },
  'licence-mdoc': {
    format: 'mso_mdoc', scope: 'licence', doctype: 'org.iso.18013.5.1.mDL', proof_types_supported: JWT_PROOF,
    cryptographic_binding_methods_supported: ['jwk']
  }
};

/** The same as drafts up to 11 list them; their library makes no such list of `dc+sd-jwt`. */
const LISTED = [
  {
    id: 'badge-jwt', format: 'jwt_vc_json', types: TYPES, cryptographic_binding_methods_supported: ['did'],
    cryptographic_suites_supported: ['EdDSA']
  }
];

async function publicKeyOf(signer) {
  if(signer.method === 'jwk') {
    return signer.publicJwk;
  }
  const did = signer.didUrl.split('#')[0];
  return Ed25519Multikey.toJwk({
    keyPair: await Ed25519Multikey.from({type: 'Multikey', publicKeyMultibase: did.slice('did:key:'.length)})
  });
}

/**
 * Starts an issuer. `version` is a draft of oid4vc-ts's list. `offer(ids, {txCode, deferred, byReference})` makes a
 * link; `events(id)` is what the issuer was told of an offer; `requests` is every request's method and path.
 */
export async function startOpenidIssuer(version = Openid4vciVersion.V1) {
  const {publicKey, privateKey} = await generateKeyPair('EdDSA', {extractable: true});
  const accessKey = {...await exportJWK(publicKey), kid: 'access', use: 'sig', alg: 'EdDSA'};
  const callbacks = {
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: length => randomBytes(length),
    fetch: globalThis.fetch,
    clientAuthentication: () => {},
    signJwt: async (signer, {header, payload}) =>
      ({jwt: await new SignJWT(payload).setProtectedHeader(header).sign(privateKey), signerJwk: accessKey}),
    verifyJwt: async (signer, {compact}) => {
      const jwk = await publicKeyOf(signer);
      return jwtVerify(compact, await importJWK(jwk, signer.alg))
        .then(() => ({verified: true, signerJwk: jwk}), () => ({verified: false}));
    }
  };
  const library = new Openid4vciIssuer({callbacks});
  const authorizationServer = new Oauth2AuthorizationServer({callbacks});
  const resourceServer = new Oauth2ResourceServer({callbacks});

  const old = version === Openid4vciVersion.Draft11;
  const offers = new Map();
  const nonces = new Set();
  const requests = [];
  let origin;
  let metadata;
  let serverMetadata;
  let issuerMetadata;

  function describe() {
    serverMetadata = authorizationServer.createAuthorizationServerMetadata({
      issuer: origin, token_endpoint: `${origin}/token`, jwks_uri: `${origin}/jwks`,
      grant_types_supported: [preAuthorizedCodeGrantIdentifier], 'pre-authorized_grant_anonymous_access_supported': true
    });
    const common = {
      credential_issuer: origin, credential_endpoint: `${origin}/credential`,
      deferred_credential_endpoint: `${origin}/deferred`
    };
    metadata = old ? {...common, credentials_supported: LISTED} : library.createCredentialIssuerMetadata({
      ...common, nonce_endpoint: `${origin}/nonce`, notification_endpoint: `${origin}/notification`,
      credential_configurations_supported: CONFIGURATIONS
    });
    const credentialIssuer = library.createCredentialIssuerMetadata(metadata);
    issuerMetadata = {
      originalDraftVersion: version, credentialIssuer, authorizationServers: [serverMetadata],
      knownCredentialConfigurations: library.getKnownCredentialConfigurationsSupported(credentialIssuer)
    };
  }

  async function token({form, asRequest}) {
    const {accessTokenRequest, grant} = authorizationServer.parseAccessTokenRequest(
      {accessTokenRequest: form, request: asRequest, authorizationServerMetadata: serverMetadata});
    const offer = [...offers.values()].find(({code}) => code === grant.preAuthorizedCode);
    await authorizationServer.verifyPreAuthorizedCodeAccessTokenRequest({
      accessTokenRequest, grant, request: asRequest, authorizationServerMetadata: serverMetadata,
      expectedPreAuthorizedCode: offer?.used ? 'none, it was used' : offer?.code ?? 'none, it is not known',
      expectedTxCode: offer?.txCode
    });
    offer.used = true;
    const cNonce = old ? freshNonce() : undefined;
    return authorizationServer.createAccessTokenResponse({
      audience: origin, authorizationServer: origin, expiresInSeconds: 300, subject: offer.id,
      signer: {method: 'jwk', alg: 'EdDSA', publicJwk: accessKey}, additionalAccessTokenPayload: {client_id: 'anonymous'},
      ...(cNonce && {cNonce, cNonceExpiresIn: 300})
    });
  }

  function freshNonce() {
    const nonce = randomUUID();
    nonces.add(nonce);
    return nonce;
  }

  async function offerOfToken(request) {
    const {tokenPayload} = await resourceServer.verifyResourceRequest(
      {request, resourceServer: origin, authorizationServers: [serverMetadata]});
    return offers.get(tokenPayload.sub);
  }

  async function credential({json, asRequest}) {
    const offer = await offerOfToken(asRequest);
    const credentialRequest = library.parseCredentialRequest({issuerMetadata, credentialRequest: json});
    const jwt = credentialRequest.proofs?.jwt?.[0];
    const expectedNonce = [...nonces].at(-1);
    const {signer} = await library.verifyCredentialRequestJwtProof({issuerMetadata, jwt, expectedNonce});
    nonces.delete(expectedNonce);
    const id = credentialRequest.credentialConfigurationId ?? offer.ids[0];
    const holder = {did: signer.didUrl?.split('#')[0], jwk: await publicKeyOf(signer)};
    const issued = await issueFor(CONFIGURATIONS[id].format, holder);
    if(offer.deferred) {
      offer.promised = {transactionId: randomUUID(), issued, pending: 1};
      const body = library.createCredentialResponse(
        {credentialRequest, transactionId: offer.promised.transactionId, interval: 1});
      return {status: 202, body};
    }
    return library.createCredentialResponse({
      credentialRequest, ...(old ? {credential: issued, cNonce: freshNonce(), cNonceExpiresInSeconds: 300} :
        {credentials: [{credential: issued}], notificationId: offer.id})
    });
  }

  async function deferred({json, asRequest}) {
    const offer = await offerOfToken(asRequest);
    const {deferredCredentialRequest} = library.parseDeferredCredentialRequest({deferredCredentialRequest: json});
    if(deferredCredentialRequest.transaction_id !== offer.promised?.transactionId) {
      return {status: 400, body: {error: 'invalid_transaction_id'}};
    }
    const {transactionId, issued} = offer.promised;
    const pending = offer.promised.pending-- > 0;
    if(pending) {
      return {status: 202, body: library.createDeferredCredentialResponse({transactionId, interval: 1})};
    }
    // Version 0.4.6 refuses a notification_id beside deferred credentials, which the specification allows: it is added.
    const body = library.createDeferredCredentialResponse({credentials: [{credential: issued}]});
    return {status: 200, body: {...body, notification_id: offer.id}};
  }

  async function notification({json, asRequest}) {
    const offer = await offerOfToken(asRequest);
    if(json.notification_id !== offer.id) {
      return {status: 400, body: {error: 'invalid_notification_id'}};
    }
    offer.events.push(json.event);
    return {status: 204};
  }

  const routes = {
    'GET /.well-known/openid-credential-issuer': () => metadata,
    'GET /.well-known/oauth-authorization-server': () => serverMetadata,
    'GET /jwks': () => ({keys: [accessKey]}),
    'POST /token': token,
    'POST /nonce': () => library.createNonceResponse({cNonce: freshNonce()}),
    'POST /credential': credential,
    'POST /deferred': deferred,
    'POST /notification': notification
  };

  async function answer(request) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    const isJson = request.headers['content-type']?.startsWith('application/json');
    const asked = `${request.method} ${request.url}`;
    requests.push(asked);
    const [, id] = /^GET \/offers\/(.+)$/.exec(asked) ?? [];
    const route = id ? () => offers.get(id)?.object : routes[asked];
    const found = await route?.({
      form: isForm ? Object.fromEntries(new URLSearchParams(text)) : {},
      json: isJson ? JSON.parse(text) : {},
      asRequest: {headers: new Headers(request.headers), method: request.method, url: `${origin}${request.url}`}
    });
    if(found === undefined) {
      return {status: 404};
    }
    return typeof found.status === 'number' ? found : {status: 200, body: found};
  }

  const server = createServer(async (request, response) => {
    const {status, body} = await answer(request).catch(error => {
      // Their errors carry the answer that belongs to them.
      const unauthorized = error.wwwAuthenticateHeaders !== undefined;
      const body = error.errorResponse ?? {error: 'server_error', error_description: error.message};
      return {status: unauthorized ? 401 : 400, body};
    });
    response.writeHead(status, {'content-type': 'application/json', 'cache-control': 'no-store'});
    response.end(body && JSON.stringify(body));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${server.address().port}`;
  describe();

  return {
    origin,
    requests,
    events: id => offers.get(id).events,
    close: () => new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    }),
    async offer(ids, {txCode, deferred = false, byReference = false} = {}) {
      const id = randomUUID();
      const code = randomBytes(24).toString('base64url');
      const grant = {
        'pre-authorized_code': code,
        ...(txCode && {tx_code: {input_mode: 'numeric', length: txCode.length, description: 'Sent to you by mail.'}})
      };
      const {credentialOffer, credentialOfferObject} = await library.createCredentialOffer({
        issuerMetadata, credentialConfigurationIds: ids, grants: {[preAuthorizedCodeGrantIdentifier]: grant},
        ...(byReference && {credentialOfferUri: `${origin}/offers/${id}`})
      });
      const {credential_configuration_ids: _, ...oldObject} = credentialOfferObject;
      const object = old ? oldObject : credentialOfferObject;
      offers.set(id, {id, ids, code, txCode, deferred, object, events: []});
      return {id, link: credentialOffer};
    }
  };
}
