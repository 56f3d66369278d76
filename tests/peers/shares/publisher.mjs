// A server of VerifierPlus's shape, from its documented API: publish, read, view, withdraw. It takes only what its own
// libraries accept.
import {randomUUID} from 'node:crypto';
import {createServer} from 'node:http';
import {FAMILIES} from '../families.mjs';
import {verifyCredentialWith, verifyHolderWith} from '../present.mjs';

const MOST_BYTES = 8 << 20;
const JSON_TYPE = {'content-type': 'application/json; charset=utf-8'};

/**
 * Starts it on a free port. Its `answers` replace what it does on a method, as a hostile or broken one would:
 * `{POST: (request, response, publisher) => …, DELETE: …}`. `judge` says of each credential whether it is taken; the
 * libraries do, unless it names things on the network, which they are not given here.
 */
export async function startPublisher({judge = verifyCredentialWith} = {}) {
  const kept = new Map();
  const asked = [];
  const publisher = {kept, asked, answers: {}};
  const server = createServer(async (request, response) => {
    const body = await read(request);
    asked.push({method: request.method, path: request.url, headers: request.headers, body});
    const instead = publisher.answers[request.method];
    try {
      await (instead ? instead(request, response, publisher) : answer(request, response, body));
    } catch(error) {
      send(response, 500, {status: 500, error: error.message});
    }
  });

  async function answer(request, response, body) {
    const {pathname} = new URL(request.url, publisher.base);
    const [, id] = /^\/(?:api\/)?credentials\/([0-9a-f-]{36})$/.exec(pathname) ?? [];
    if(request.method === 'POST' && pathname === '/api/credentials') {
      return publish(response, body);
    }
    if(!id || !kept.has(id)) {
      return send(response, 404, {status: 404, error: 'Not found'});
    }
    if(request.method === 'DELETE' && pathname.startsWith('/api/')) {
      kept.delete(id);
      return send(response, 200, {message: 'Successfully deleted', id});
    }
    if(request.method !== 'GET') {
      return send(response, 405, {status: 405, error: 'Method not allowed'});
    }
    const {vp, createdAt} = kept.get(id);
    if(pathname.startsWith('/api/')) {
      return send(response, 200, {
        id, controller: vp.holder, createdAt, vp, shared: true, credential: [vp.verifiableCredential].flat()
      });
    }
    response.writeHead(200, {'content-type': 'text/html; charset=utf-8'});
    response.end(page(vp));
  }

  async function publish(response, body) {
    const wrong = await refusal(body, judge);
    if(wrong) {
      return send(response, 400, {status: 400, error: wrong});
    }
    const id = randomUUID();
    kept.set(id, {vp: JSON.parse(body).vp, createdAt: new Date().toISOString()});
    const get = `/api/credentials/${id}`;
    send(response, 201, {status: 201, url: {view: `/credentials/${id}`, get, unshare: get}});
  }

  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  publisher.base = `http://127.0.0.1:${server.address().port}`;
  publisher.close = () => new Promise(resolve => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return publisher;
}

/** Why a body is not taken; nothing where it is. */
async function refusal(body, judge) {
  let vp;
  try {
    ({vp} = JSON.parse(body));
  } catch{
    return 'The body is not JSON';
  }
  if(typeof vp?.holder !== 'string') {
    return 'The presentation has no holder';
  }
  if(![vp.type].flat().includes('VerifiablePresentation')) {
    return 'This is no presentation';
  }
  const credentials = [vp.verifiableCredential ?? []].flat();
  if(credentials.length === 0) {
    return 'There is no credential in it';
  }
  for(const {name} of FAMILIES) {
    for(const purpose of ['authentication', 'assertionMethod']) {
      const {accepted, why} = await verifyHolderWith(name, structuredClone(vp), purpose);
      if(!accepted) {
        return `${name} does not accept the presentation for ${purpose}: ${why}`;
      }
    }
    for(const credential of credentials.filter(({proof}) => proof)) {
      const {accepted, why} = await judge(name, structuredClone(credential));
      if(!accepted) {
        return `${name} does not accept ${credential.id}: ${why}`;
      }
    }
  }
}

function page({name, verifiableCredential}) {
  const items = [verifiableCredential].flat().map(each => `<li>${escaped(typeof each.name === 'string' ? each.name : each.id)}</li>`);
  return `<!doctype html><title>VerifierPlus</title><h1>${escaped(name)}</h1><ul>${items.join('')}</ul>`;
}

/** Sends JSON with a status. */
export function send(response, status, document) {
  response.writeHead(status, JSON_TYPE);
  response.end(JSON.stringify(document));
}

async function read(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if(length > MOST_BYTES) {
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const escaped = (text = '') => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
