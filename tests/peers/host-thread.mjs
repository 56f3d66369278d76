// The host of `host.mjs`, on a thread of its own.
import {createServer} from 'node:http';
import {parentPort} from 'node:worker_threads';

const documents = new Map();
parentPort.on('message', ({path, json}) => documents.set(path, json));

const server = createServer((request, response) => {
  const json = documents.get(request.url);
  response.writeHead(json ? 200 : 404, {'content-type': 'application/json'});
  response.end(json ?? '{"error":"not found"}');
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
