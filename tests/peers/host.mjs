// A loopback host for DID documents and status lists, so that did:web and lists are fetched for real.
import {createServer} from 'node:http';

/** Starts the host on a free port. `put(path, document)` publishes JSON; `get(url)` reads it back without a request. */
export async function startHost() {
  const documents = new Map();
  const server = createServer((request, response) => {
    const document = documents.get(request.url);
    response.writeHead(document ? 200 : 404, {'content-type': 'application/json'});
    response.end(document ? JSON.stringify(document) : '{"error":"not found"}');
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address();
  const origin = `http://localhost:${port}`;
  return {
    origin,
    put: (path, document) => documents.set(path, document),
    get: url => documents.get(url.startsWith(origin) ? url.slice(origin.length) : didWebPath(url, port)),
    close: () => new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    }),
    /** Publishes a did:web with one Multikey and returns its DID. */
    putDid(name, publicKeyMultibase) {
      const did = `did:web:localhost%3A${port}:issuers:${name}`;
      const method = {id: `${did}#key-1`, type: 'Multikey', controller: did, publicKeyMultibase};
      documents.set(`/issuers/${name}/did.json`, {
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
