// A copy on a server of VerifierPlus's shape: given, read by anybody, and taken back; and servers that are not to be trusted.
import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {send, startPublisher} from './publisher.mjs';

/** What a server may do instead of publishing; never is a share kept, and nobody else is asked. */
const HOSTILE = {
  'sends the wallet to another host': stranger => (request, response) => {
    response.writeHead(307, {location: `${stranger.base}/api/credentials`}).end();
  },
  'names a page on another host': stranger => published(id => ({view: `${stranger.base}/credentials/${id}`})),
  'names a page on another host without a scheme': stranger =>
    published(id => ({view: `//${new URL(stranger.base).host}/credentials/${id}`})),
  'names another host to be asked for the withdrawal': stranger =>
    published(id => ({unshare: `${stranger.base}/api/credentials/${id}`})),
  'names a script as the page': () => published(() => ({view: 'javascript:alert(1)'})),
  'names no address': () => (request, response) => send(response, 201, {status: 201}),
  'names numbers as addresses': () => published(() => ({view: 1, get: 2, unshare: 3})),
  'answers with a page': () => (request, response) => {
    response.writeHead(201, {'content-type': 'text/html'}).end('<!doctype html><p>Thanks!');
  },
  'answers with nothing': () => (request, response) => response.writeHead(201).end(),
  'answers without end': () => (request, response) => {
    response.writeHead(201, {'content-type': 'application/json'});
    const pour = () => {
      while(!response.destroyed && response.write(' '.repeat(1 << 20))) { /* until the socket is full */ }
      response.once('drain', pour);
    };
    pour();
  },
  'answers that it is too large': () => (request, response) => send(response, 413, {status: 413, error: 'Too large'}),
  'wants somebody to log in': () => (request, response) => send(response, 401, {status: 401, error: 'Unauthorized'}),
  'has a fault': () => (request, response) => send(response, 500, {status: 500, error: 'Internal server error'}),
  'breaks off': () => (request, response) => response.destroy()
};

const published = urls => (request, response) => {
  const id = crypto.randomUUID();
  const get = `/api/credentials/${id}`;
  send(response, 201, {status: 201, url: {view: `/credentials/${id}`, get, unshare: get, ...urls(id)}});
};

export function describePublishing(learner) {
  let publisher;
  let stranger;
  let bundle;
  const set = base => learner.run('settings', '--publisher-url', base);
  const give = () => learner.run('share', bundle, '--as', 'hosted', '--yes');
  const shares = async () => (await learner.run('shares')).shares;

  before(async () => {
    publisher = await startPublisher();
    stranger = await startPublisher();
    bundle = await learner.bundle('Put up for reading', ['rdfc', 'jcs', 'jwt', 'ob2'], '--audience', 'Whoever has the link');
  });
  after(async () => {
    await publisher.close();
    await stranger.close();
  });

  test('without an address nothing is sent, and the wallet says what is missing', async () => {
    const {code, error} = await give();
    assert.deepEqual([code, error.code], [1, 'publisher_not_set']);
  });

  test('a bundle is published, read by anybody, and gone after it was taken back', async () => {
    await set(publisher.base);
    const {share} = await give();
    assert.ok(share, publisher.asked.map(({body}) => body.slice(0, 200)).join());
    assert.deepEqual(publisher.asked.map(({method, path}) => `${method} ${path}`), ['POST /api/credentials']);
    const [{headers, body}] = publisher.asked;
    assert.match(headers['content-type'], /^application\/json/);
    const sent = JSON.parse(body);
    assert.deepEqual(Object.keys(sent), ['vp']);
    assert.match(sent.vp.holder, /^did:key:z6Mk/);
    assert.deepEqual([sent.vp.type].flat(), ['VerifiablePresentation']);
    assert.ok(body.includes(JSON.stringify(JSON.parse(learner.credentials.jcs.text).credentialSubject.name)));

    const [[id]] = publisher.kept;
    assert.equal(share.link, `${publisher.base}/credentials/${id}`);
    assert.equal(share.stopping, 'possible');
    assert.ok((await (await fetch(share.link)).text()).includes('Put up for reading'));
    const read = await (await fetch(`${publisher.base}/api/credentials/${id}`)).json();
    assert.deepEqual([read.id, read.shared, read.vp], [id, true, sent.vp]);
    const copy = join(learner.folder, 'copy.json');
    await writeFile(copy, JSON.stringify(read.vp, null, 1));
    const opened = await learner.run('open', copy);
    assert.deepEqual([opened.verdict, opened.presentation.verdict], ['valid', 'valid'], 'as its host wrote it anew');

    const {code, share: stopped} = await learner.run('withdraw', share.id);
    assert.deepEqual([code, stopped.stopping], [0, 'stopped']);
    assert.ok(stopped.stopped_at);
    const last = publisher.asked.at(-1);
    assert.deepEqual([last.method, last.path], ['DELETE', `/api/credentials/${id}`]);
    assert.equal((await fetch(share.link)).status, 404);
    assert.equal((await fetch(`${publisher.base}/api/credentials/${id}`)).status, 404);
    assert.deepEqual((await shares()).find(each => each.id === share.id).stopping, 'stopped');
  });

  test('what could not be taken back stays open, says so, and can be tried again', async () => {
    const {share} = await give();
    publisher.answers = {DELETE: (request, response) => send(response, 503, {status: 503, error: 'Later'})};
    const failed = await learner.run('withdraw', share.id);
    assert.equal(failed.code, 1);
    assert.match(failed.error.code, /^publisher_/);
    assert.equal((await shares()).find(each => each.id === share.id).stopping, 'possible');
    publisher.answers = {};
    assert.equal((await learner.run('withdraw', share.id)).share.stopping, 'stopped');
  });

  test('what its host has forgotten already counts as taken back', async () => {
    const {share} = await give();
    publisher.kept.clear();
    assert.equal((await learner.run('withdraw', share.id)).share.stopping, 'stopped');
  });

  test('a withdrawal is sent to nobody but the host', async () => {
    const {share} = await give();
    publisher.answers = {DELETE: (request, response) => response.writeHead(307, {location: `${stranger.base}${request.url}`}).end()};
    const failed = await learner.run('withdraw', share.id);
    publisher.answers = {};
    assert.equal(failed.code, 1);
    assert.deepEqual(stranger.asked, []);
    await learner.run('withdraw', share.id);
  });

  test('what is whole in itself can\'t be taken back, and says so', async () => {
    const {id, stopping} = await learner.share(bundle, 'link');
    assert.equal(stopping, 'impossible');
    const {code, error} = await learner.run('withdraw', id);
    assert.deepEqual([code, error.code], [1, 'share_not_stoppable']);
  });

  describe('a server that', () => {
    for(const [what, make] of Object.entries(HOSTILE)) {
      test(`${what} gets nothing kept and is named`, async () => {
        const before = await shares();
        const asked = stranger.asked.length;
        publisher.answers = {POST: make(stranger)};
        const {code, error} = await give();
        publisher.answers = {};
        assert.equal(code, 1);
        assert.match(error.code, /^publisher_(refused|unreachable|not_understood)$/);
        assert.ok(error.message.includes('127.0.0.1'), error.message);
        assert.deepEqual(stranger.asked.slice(asked), [], 'nobody else is asked');
        assert.deepEqual(await shares(), before);
      });
    }

    test('can\'t be reached gets nothing kept and is named', async () => {
      const gone = await startPublisher();
      await gone.close();
      await set(gone.base);
      const {code, error} = await give();
      assert.deepEqual([code, error.code], [1, 'publisher_unreachable']);
      await set(publisher.base);
    });
  });
}
