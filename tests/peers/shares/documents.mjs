// The document that a learner hands in, read by pdf.js: what is attached to it, whether who can't see it can read it, and
// whether its code leads where it should.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {createCanvas} from '@napi-rs/canvas';
import {getDocument} from 'pdfjs-dist/legacy/build/pdf.mjs';
import {DECODERS} from './decoders.mjs';
import {fromPng} from './pictures.mjs';
import {readShare} from './reader.mjs';

const KINDS = ['rdfc', 'jwt', 'ob2', 'jcs', 'sd_jwt'];
/** What one printed code holds. */
const SINGLE = 'signature_2020';
const PAPERS = {letter: [612, 792], a4: [595.28, 841.89]};
const HEADINGS = /^H[1-6]?$/;
/** Points in an inch, and what a telephone sees of a printed one. */
const [POINT, SEEN] = [72, 200];

const opened = async file => getDocument({
  data: new Uint8Array(await readFile(file)), disableFontFace: true, useSystemFonts: false, verbosity: 0, isEvalSupported: false
}).promise;

/** Makes a document in each language on each paper; yields what defines the tests. */
export async function prepareDocuments(learner) {
  const made = [];
  for(const language of ['en', 'fr']) {
    for(const [paper, size] of Object.entries(PAPERS)) {
      const title = `Dossier d’été & ${language}`;
      const bundle = await learner.bundle(title, KINDS, '--note', 'Six years on the **water**.', '--audience', 'Bluewater Health',
        '--note-on', `${learner.credentials.jwt.id}=Six shop exercises, all by hand.`);
      const file = join(learner.folder, `${language}-${paper}.pdf`);
      await learner.share(bundle, 'pdf', '--out', file, '--language', language, '--paper', paper);
      made.push({language, paper, size, title, file, ...await taken(await opened(file))});
    }
  }
  const single = join(learner.folder, 'single.pdf');
  const bundle = await learner.bundle('One credential', [SINGLE]);
  await learner.share(bundle, 'pdf', '--out', single, '--language', 'en');
  const withCode = await taken(await opened(single));
  return () => {
    made.forEach(each => describeDocument(learner, each));
    describeCode(learner, withCode);
  };
}

async function taken(document) {
  const pages = await Promise.all(Array.from({length: document.numPages}, (_, at) => document.getPage(at + 1)));
  const attachments = Object.values(await document.getAttachments() ?? {});
  const nodes = (await Promise.all(pages.map(page => page.getStructTree()))).flatMap(flat);
  return {document, pages, attachments, nodes};
}

function describeDocument(learner, {language, paper, size, title, file, document, pages, attachments, nodes}) {
  describe(`a document in ${language} on ${paper}`, () => {
    test('has the paper\'s size on every page', () => {
      for(const {view: [left, bottom, right, top]} of pages) {
        assert.ok(Math.abs(right - left - size[0]) < 1 && Math.abs(top - bottom - size[1]) < 1, `${right - left} by ${top - bottom}`);
      }
    });

    test('says its title and language, shows the title, and is tagged', async () => {
      const {info, metadata} = await document.getMetadata();
      assert.equal(info.Title, title);
      assert.match(info.Language, new RegExp(`^${language}\\b`));
      assert.equal((await document.getMarkInfo())?.Marked, true);
      assert.equal((await document.getViewerPreferences())?.DisplayDocTitle, true);
      assert.equal(metadata?.get('pdfuaid:part'), '1', 'it calls itself PDF/UA-1');
      assert.ok((await document.getOutline())?.length > 0, 'it has an outline');
    });

    test('carries every credential as a file, byte for byte, with words on what it is', () => {
      for(const kind of KINDS.filter(kind => kind !== 'sd_jwt')) {
        const {text} = learner.credentials[kind];
        const attached = attachments.find(({content}) => Buffer.from(content).toString() === text);
        assert.ok(attached, `${kind} among ${attachments.map(({filename}) => filename)}`);
        assert.ok(attached.description?.length > 0, `${attached.filename} is described`);
        assert.doesNotMatch(attached.filename, /[\/\\:*?"<>|\0]/);
      }
      assert.equal(new Set(attachments.map(({filename}) => filename)).size, attachments.length, 'no name twice');
    });

    test('carries the signed presentation, which the wallet opens', async () => {
      const attached = attachments.find(({content}) => /"VerifiablePresentation"/.test(Buffer.from(content).toString()));
      const presentation = JSON.parse(Buffer.from(attached.content).toString());
      assert.equal(presentation.name, title);
      assert.ok(Buffer.from(attached.content).toString().includes(learner.credentials.rdfc.text));
      const {code, verdict, results} = await learner.run('open', file);
      assert.deepEqual([code, verdict, results.length], [0, 'valid', KINDS.length]);
    });

    test('has headings in order, and words for every picture', () => {
      const headings = nodes.filter(({role}) => HEADINGS.test(role)).map(({role}) => Number(role[1] ?? 1));
      assert.equal(headings[0], 1, 'it begins with its title');
      for(const [index, level] of headings.entries()) {
        assert.ok(level <= (headings[index - 1] ?? 1) + 1, `no level is left out: ${headings}`);
      }
      assert.ok(headings.length > KINDS.length, 'each credential has one');
      assertWords(nodes);
    });

    test('has nothing on a page that is neither read out nor marked as decoration', async () => {
      for(const page of pages) {
        const {items} = await page.getTextContent({includeMarkedContent: true});
        const open = [];
        for(const item of items) {
          if(item.type?.startsWith('beginMarkedContent')) {
            open.push(item);
          } else if(item.type === 'endMarkedContent') {
            open.pop();
          } else if(item.str?.trim()) {
            assert.ok(open.some(({id, tag}) => id || tag === 'Artifact'), `${item.str} on page ${page.pageNumber}`);
          }
        }
      }
    });

    test('gives its words back as text, accents and all', async () => {
      const text = (await Promise.all(pages.map(page => page.getTextContent())))
        .flatMap(({items}) => items.map(({str}) => str)).join(' ').replaceAll(/\s+/g, ' ');
      for(const words of [title, 'Bluewater Health', 'Welding Fundamentals', 'Amélie', 'Six shop exercises']) {
        assert.ok(text.includes(words), `${words} in ${text.slice(0, 600)}`);
      }
    });
  });
}

function describeCode(learner, {pages, nodes}) {
  describe('a document of one credential', () => {
    test('says in words what its code is', () => {
      assert.ok(nodes.some(({role, alt}) => role === 'Figure' && /QR/.test(alt ?? '')));
      assertWords(nodes);
    });

    test('has a code that both decoders read off the printed page', async () => {
      const read = Object.fromEntries(Object.keys(DECODERS).map(name => [name, []]));
      for(const page of pages) {
        const picture = await printed(page);
        for(const [name, decoder] of Object.entries(DECODERS)) {
          read[name].push(...[await decoder(picture)].filter(Boolean));
        }
      }
      for(const [name, texts] of Object.entries(read)) {
        assert.equal(texts.length, 1, `${name} reads one code`);
        assert.ok((await readShare(texts[0])).includes(learner.credentials[SINGLE].text));
      }
    });
  });
}

/** Every picture has words, for who can't see it. */
function assertWords(nodes) {
  for(const figure of nodes.filter(({role}) => role === 'Figure')) {
    assert.ok(figure.alt?.trim(), 'a picture without words');
  }
}

async function printed(page) {
  const viewport = page.getViewport({scale: SEEN / POINT});
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
  await page.render({canvas, canvasContext: canvas.getContext('2d'), viewport}).promise;
  return fromPng(canvas.toBuffer('image/png'));
}

function flat(node) {
  return node ? [node, ...(node.children ?? []).flatMap(flat)] : [];
}
