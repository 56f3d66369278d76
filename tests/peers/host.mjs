// A loopback host for DID documents and status lists, so that did:web and lists are fetched for real.
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';

/**
 * Starts the host on a free port. `put(path, document)` publishes JSON; `get(url)` reads it back without a request. It
 * answers from a thread of its own, so that nobody waits for it while something long is worked out here.
 */
export async function startHost() {
  const documents = new Map();
  const thread = new Worker(new URL('./host-thread.mjs', import.meta.url));
  const [port] = await once(thread, 'message');
  const origin = `http://localhost:${port}`;
  const put = (path, document) => {
    documents.set(path, document);
    thread.postMessage({path, json: JSON.stringify(document)});
  };
  return {
    origin,
    put,
    get: url => documents.get(url.startsWith(origin) ? url.slice(origin.length) : didWebPath(url, port)),
    close: () => thread.terminate(),
    /** Publishes a did:web with one Multikey and returns its DID. */
    putDid(name, publicKeyMultibase) {
      const did = `did:web:localhost%3A${port}:issuers:${name}`;
      const method = {id: `${did}#key-1`, type: 'Multikey', controller: did, publicKeyMultibase};
      put(`/issuers/${name}/did.json`, {
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
        id: did,
        verificationMethod: [method],
        assertionMethod: [method.id]
      });
      return did;
    }
  };
}

function didWebPath(did, port) {
  const prefix = `did:web:localhost%3A${port}:`;
  return did.startsWith(prefix) ? `/${did.slice(prefix.length).replaceAll(':', '/')}/did.json` : undefined;
}
