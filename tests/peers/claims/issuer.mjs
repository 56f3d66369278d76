// An issuer on loopback that hands over credentials by claim.
//
// What decides is the field's own: their libraries make and check the proofs, read the presentation and sign the
// credential. The HTTP routes around them are written here, since the services that hold them are published as
// programs and not as packages: `digitalcredentials/transaction-service` 0.4.0 and `workflow-coordinator` 1.0.1 for
// the routes under /exchange, and VCALM's text for those under /workflows and /interactions. What each route answers,
// and which library it asks, is as there.
import {randomUUID} from 'node:crypto';
import {createServer} from 'node:http';
import {FAMILIES, keyFromSeed} from '../families.mjs';
import {documentLoader} from '../loader.mjs';
import {provenHolder} from './proof.mjs';

const BODY_LIMIT = 1 << 20;

/** A refusal, with the status and body it is answered with. */
class Refusal extends Error {
  constructor(status, body) {
    super(`${status}`);
    Object.assign(this, {status, body});
  }
}

/** Starts the issuer on a free port. */
export async function startIssuer() {
  const exchanges = new Map();
  const asked = [];
  const key = await keyFromSeed(41);
  const routes = [
    ['POST', /^\/exchange\/([^/]+)$/, firstStep],
    ['POST', /^\/exchange\/([^/]+)\/([^/]+)$/, collect],
    ['POST', /^\/coordinator\/exchange\/([^/]+)\/([^/]+)$/, collectThroughCoordinator],
    ['POST', /^\/workflows\/1\/exchanges\/([^/]+)$/, participate],
    ['GET', /^\/interactions\/([^/?]+)\?iuv=1$/, protocols]
  ];

  const server = createServer(async (request, response) => {
    const answer = (status, body, type = 'application/json') => {
      response.writeHead(status, {'content-type': type});
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    try {
      const body = await read(request);
      asked.push({method: request.method, path: request.url, body});
      for(const [method, pattern, act] of routes) {
        const match = method === request.method && pattern.exec(request.url);
        if(match) {
          return answer(200, ...[await act(body, match.slice(1), request)].flat());
        }
      }
      answer(404, {code: 404, message: 'Not found.'});
    } catch(error) {
      answer(error.status ?? 500, error.body ?? {code: 500, message: error.message});
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${server.address().port}`;

  function known(exchangeId) {
    const exchange = exchanges.get(exchangeId);
    if(!exchange) {
      throw new Refusal(404, {code: 404, message: 'Unknown exchangeId.'});
    }
    return exchange;
  }

  async function signed(exchange, holder) {
    const {vc, suite} = FAMILIES.find(({name}) => name === exchange.family);
    const credential = structuredClone(exchange.credential);
    credential.issuer = credential.issuer.id ? {...credential.issuer, id: key.did} : key.did;
    credential.credentialSubject.id = holder;
    return vc.issue({
      credential,
      suite: suite(exchange.signedWith, {signer: key.signer(key.did, key.publicKeyMultibase)}),
      documentLoader: documentLoader()
    });
  }

  // The transaction service's request for a proof.
  async function firstStep(body, [exchangeId]) {
    const {transactionId} = known(exchangeId);
    return {
      verifiablePresentationRequest: {
        query: [{type: 'DIDAuthentication'}],
        challenge: transactionId,
        domain: origin,
        interact: {service: [{
          type: 'UnmediatedPresentationService2021',
          serviceEndpoint: `${origin}/exchange/${exchangeId}/${transactionId}`
        }]}
      }
    };
  }

  // The transaction service checks with Ed25519Signature2020 alone and without a domain; the coordinator then has the
  // credential signed for the holder.
  async function collect(presentation, [exchangeId, transactionId]) {
    const exchange = known(exchangeId);
    let holder;
    try {
      holder = await provenHolder('digitalbazaar', ['Ed25519Signature2020'],
        {presentation, challenge: exchange.transactionId});
    } catch(error) {
      exchange.why = error.message;
    }
    if(!holder || transactionId !== exchange.transactionId) {
      throw new Refusal(401, {code: 401, message: 'Invalid DIDAuth.'});
    }
    if(exchange.deleteWhenCollected) {
      exchanges.delete(exchangeId);
    }
    exchange.holder = holder;
    const credential = await signed(exchange, holder);
    return exchange.escaped ? JSON.stringify(credential).replaceAll('"', '&quot;') : credential;
  }

  // The coordinator makes a 500 of whatever the service behind it refuses.
  async function collectThroughCoordinator(presentation, ids) {
    try {
      return await collect(presentation, ids);
    } catch(error) {
      throw new Refusal(500, {
        code: 500, message: 'One of the internal microservices returned an error',
        serviceResponseError: error.body, serviceResponseStatus: error.status
      });
    }
  }

  // A workflow of two steps: DID authentication, then delivery.
  async function participate(body, [exchangeId]) {
    const exchange = known(exchangeId);
    if(exchange.complete) {
      throw new Refusal(403, {name: 'NotAllowedError', message: 'Exchange is complete', details: {}});
    }
    const {query, challenge, domain} = exchange;
    if(!body.verifiablePresentation) {
      exchange.referenceId = `urn:uuid:${randomUUID()}`;
      return {referenceId: exchange.referenceId, verifiablePresentationRequest: {query, challenge, domain}};
    }
    try {
      exchange.holder = await provenHolder(exchange.family, exchange.accepted,
        {presentation: body.verifiablePresentation, challenge, domain: domain ?? origin});
    } catch(error) {
      exchange.why = error.message;
      throw new Refusal(400, {name: 'DataError', message: 'Verification error.', details: {}});
    }
    if(body.referenceId !== exchange.referenceId) {
      throw new Refusal(400, {name: 'DataError', message: 'Another message was awaited.', details: {}});
    }
    exchange.complete = true;
    const {vc} = FAMILIES.find(({name}) => name === exchange.family);
    const verifiableCredential = [await signed(exchange, exchange.holder)];
    return {
      verifiablePresentation: vc.createPresentation({verifiableCredential, verify: false}),
      ...(exchange.redirectUrl && {redirectUrl: exchange.redirectUrl})
    };
  }

  async function protocols(body, [exchangeId], {headers}) {
    const {offered} = known(exchangeId);
    if(!headers.accept?.includes('application/json')) {
      return ['<!doctype html><p>Open this in a wallet.</p>', 'text/html'];
    }
    return {protocols: offered};
  }

  return {
    origin,
    did: key.did,
    /** Every request that came, in order. */
    asked,
    /** Prepares an exchange; returns it with its links. `more` overrides what it would be. */
    prepare({credential, family = 'digitalcredentials', signedWith = 'Ed25519Signature2020', ...more}) {
      const [exchangeId, transactionId] = [randomUUID(), randomUUID()];
      const accepted = more.accepted ?? ['eddsa-rdfc-2022'];
      const vcapi = `${origin}/workflows/1/exchanges/${exchangeId}`;
      const exchange = {
        exchangeId, transactionId, credential, family, signedWith, accepted,
        query: [{
          type: 'DIDAuthentication', acceptedMethods: [{method: 'key'}],
          acceptedCryptosuites: accepted.map(cryptosuite => ({cryptosuite}))
        }],
        challenge: randomUUID(), domain: origin, offered: {vcapi},
        ...more
      };
      exchanges.set(exchangeId, exchange);
      const request = (id, rest) => `issuer=issuer.example.com&auth_type=bearer${rest}&vc_request_url=${origin}${id}`;
      const direct = prefix =>
        request(`${prefix}/exchange/${exchangeId}/${transactionId}`, `&challenge=${transactionId}`);
      return Object.assign(exchange, {links: {
        direct: `dccrequest://request?${direct('')}`,
        page: `https://lcw.app/request.html?${direct('')}`,
        coordinator: `https://lcw.app/request.html?${direct('/coordinator')}`,
        twoStep: `https://lcw.app/request.html?${request(`/exchange/${exchangeId}`, '')}`,
        message: `https://lcw.app/request?request=${encodeURI(JSON.stringify(
          {credentialRequestOrigin: origin, protocols: {vcapi}}))}`,
        interaction: `${origin}/interactions/${exchangeId}?iuv=1`,
        scheme: `interaction:${origin}/interactions/${exchangeId}?iuv=1`
      }});
    },
    close: () => new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    })
  };
}

async function read(request) {
  let text = '';
  for await (const piece of request) {
    text += piece;
    if(text.length > BODY_LIMIT) {
      throw new Refusal(413, {code: 413, message: 'Too large.'});
    }
  }
  return text ? JSON.parse(text) : {};
}
