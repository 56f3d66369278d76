// Links, plain and sealed, opened by a reader that was written from the format's page alone.
import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {before, describe, test} from 'node:test';
import {URDecoder} from '@ngraveio/bc-ur';
import {readMessage, readShare} from './reader.mjs';

const PASSPHRASE = 'canot érable huit rivières';
const FORMAT = new URL('../../../docs/share-format.md', import.meta.url);

export function describeLinks(learner) {
  let bundle;
  let passphraseFile;
  before(async () => {
    bundle = await learner.bundle('By link', ['rdfc', 'jwt', 'ob2'], '--note', 'Élan et doigté');
    passphraseFile = join(learner.folder, 'passphrase.txt');
    await writeFile(passphraseFile, `${PASSPHRASE}\n`);
  });
  const sealedLink = async form => (await learner.share(bundle, form, '--passphrase-file', passphraseFile)).link;
  const holds = text => {
    const presentation = JSON.parse(text);
    assert.equal(presentation.name, 'By link');
    assert.equal(presentation.description, 'Élan et doigté');
    assert.ok(text.includes(learner.credentials.rdfc.text), 'the credential is there to the byte');
    assert.ok(text.includes(learner.credentials.jwt.text), 'so is the token');
  };

  test('a link opens', async () => {
    const {link} = await learner.share(bundle, 'link');
    holds(await readShare(link));
  });

  test('a sealed link opens with its passphrase, however its letters are composed', async () => {
    const link = await sealedLink('link');
    assert.match(link, /#[12]s/);
    holds(await readShare(link, PASSPHRASE));
    holds(await readShare(link, PASSPHRASE.normalize('NFD')));
  });

  test('a sealed link opens with no other passphrase, and two are never alike', async () => {
    const [link, other] = [await sealedLink('link'), await sealedLink('link')];
    await assert.rejects(readShare(link), /passphrase/);
    await assert.rejects(readShare(link, PASSPHRASE.toUpperCase()), /tag/);
    assert.notEqual(link.slice(0, 80), other.slice(0, 80), 'the salt is new each time');
  });

  test('the wallet opens a sealed link with the passphrase and not without', async () => {
    const link = await sealedLink('link');
    const without = await learner.run('open', link);
    assert.deepEqual([without.code, without.error?.code], [1, 'passphrase_needed']);
    const wrong = join(learner.folder, 'wrong.txt');
    await writeFile(wrong, 'another passphrase entirely');
    assert.equal((await learner.run('open', link, '--passphrase-file', wrong)).error?.code, 'passphrase_wrong');
    const opened = await learner.run('open', link, '--passphrase-file', passphraseFile);
    assert.deepEqual([opened.code, opened.verdict], [0, 'valid']);
  });

  test('nothing of the bundle shows in a sealed link', async () => {
    const link = await sealedLink('link');
    const bytes = Buffer.from(link.slice(link.indexOf('#') + 3), 'base64url');
    const plain = await readShare(link, PASSPHRASE);
    for(const word of ['By link', JSON.parse(plain).holder, 'Welding']) {
      assert.ok(!bytes.includes(word), word);
    }
  });

  test('a link in digits, as QR codes have it, opens too', async () => {
    const single = await learner.bundle('One', ['signature_2020']);
    const {link} = await learner.share(single, 'qr', '--out', join(learner.folder, 'one.svg'));
    assert.match(link, /#[12]n\d+$/);
    const text = await readShare(link);
    assert.ok(text.includes(learner.credentials.signature_2020.text));
  });

  describe('one character of a link', () => {
    test('changed, left out or added anywhere opens nowhere', async () => {
      const single = await learner.bundle('One', ['signature_2020']);
      const {link} = await learner.share(single, 'link');
      const start = link.indexOf('#') + 1;
      for(let at = start; at < link.length; at += 23) {
        const other = link[at] === 'A' ? 'B' : 'A';
        for(const altered of [
          link.slice(0, at) + other + link.slice(at + 1), link.slice(0, at) + link.slice(at + 1),
          link.slice(0, at) + other + link.slice(at)
        ]) {
          await assert.rejects(readShare(altered), undefined, `${at}`);
        }
      }
    });
  });

  test('what the format\'s page shows opens as it says', async () => {
    const page = await readFile(FORMAT, 'utf8');
    const [, example] = page.split('## A worked example');
    const [, json] = /```json\n(\{.*\})\n```/.exec(example);
    const links = page.match(/https:\/\/verify\.example\/#\d[un][A-Za-z0-9_-]+/g);
    assert.deepEqual([...new Set(links.map(link => link[link.indexOf('#') + 1]))].sort(), ['1', '2']);
    for(const link of links) {
      assert.equal(await readShare(link), json);
    }
    const [, passphrase] = /Sealed with the passphrase `([^`]+)`/.exec(example);
    const [sealed] = example.match(/https:\/\/verify\.example\/#\d[sd][A-Za-z0-9_-]+/);
    assert.equal(await readShare(sealed, passphrase), json);
    const decoder = new URDecoder();
    decoder.receivePart(page.match(/^UR:BYTES\/[A-Z]+$/m)[0].toLowerCase());
    assert.equal(await readMessage(decoder.resultUR().decodeCBOR()), json);
  });
}
