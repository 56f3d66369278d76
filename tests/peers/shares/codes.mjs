// QR codes made by the command line, read off pictures by two decoders that are not ours; a sequence put together by
// @ngraveio/bc-ur, the widely used reader of Uniform Resources.
import assert from 'node:assert/strict';
import {mkdir, readFile, readdir} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {before, describe, test} from 'node:test';
import {URDecoder} from '@ngraveio/bc-ur';
import {Resvg, initWasm} from '@resvg/resvg-wasm';
import {DECODERS} from './decoders.mjs';
import {blurred, fromPng, grainy, random, scaled, slanted} from './pictures.mjs';
import {startPublisher} from './publisher.mjs';
import {readMessage, readShare} from './reader.mjs';

/** Pixels of a module in a phone's picture of a laptop's screen, at a comfortable distance. */
const SEEN = 5;
const QUIET = 4;
/** Pixels of a frame of a sequence, as a small window shows it. */
const FRAME_WIDTH = 600;
/** The pictures that a scanner looks at in three seconds; one that can be read is enough. */
const FRAMES = 24;
/** How much nearer the hand comes from one picture to the next. */
const NEARER = 0.005;

/** What a camera makes of a code; each is tried on its own. `frame` counts the pictures: no hand is quite still. */
const VIEWS = {
  'as it is': shown => shown,
  'out of focus': shown => blurred(shown, 1),
  'half as large': (shown, frame) => scaled(shown, 0.5 + NEARER * (frame - 1)),
  'three quarters as large': (shown, frame) => scaled(shown, 0.75 + NEARER * (frame - 1)),
  'half as large again': (shown, frame) => scaled(shown, 1.5 + NEARER * (frame - 1)),
  'twice as large': (shown, frame) => scaled(shown, 2 + NEARER * (frame - 1)),
  'with a tenth of the pixels wrong': (shown, frame) => grainy(shown, 0.1, frame),
  'from the side': (shown, frame) => slanted(shown, 0.06 + 0.002 * frame)
};

let ready;
/** An SVG drawn by resvg, as a grey picture of this width. */
async function fromSvg(svg, width) {
  ready ??= initWasm(await readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const drawn = new Resvg(svg, {fitTo: {mode: 'width', value: width}, background: 'white'});
  return fromPng(drawn.render().asPng());
}

const widthOf = version => (4 * version + 17 + 2 * QUIET) * SEEN;

/** Whether a decoder reads a text off one of some pictures of a view. */
async function readsOff(decoder, view, shown, text) {
  for(let frame = 1; frame <= FRAMES; frame += 1) {
    if(await decoder(VIEWS[view](shown, frame)) === text) {
      return true;
    }
  }
  return false;
}

/** Makes the codes; yields what defines the tests. */
export async function prepareCodes(learner) {
  const publisher = await startPublisher();
  await learner.run('settings', '--publisher-url', publisher.base);
  const bundles = {
    'one credential': await learner.bundle('Attendance', ['signature_2020']),
    'a badge': await learner.bundle('Welding', ['rdfc'])
  };
  const drawn = [];
  for(const [name, bundle] of Object.entries(bundles)) {
    const stem = join(learner.folder, `code-${drawn.length}`);
    const {code, share, error} = await learner.run('share', bundle, '--as', 'qr', '--out', stem);
    assert.equal(code, 0, `${name}: ${JSON.stringify(error)}`);
    drawn.push({name, share, png: await readFile(`${stem}.png`), svg: await readFile(`${stem}.svg`, 'utf8')});
  }
  const {share: hosted} = await learner.run('share', bundles['a badge'], '--as', 'hosted', '--yes');
  await learner.run('settings', '--publisher-url', '');
  await publisher.close();
  const whole = await learner.bundle('Everything', Object.keys(learner.credentials), '--note', 'All that I have.');
  const folder = join(learner.folder, 'sequence');
  await mkdir(folder);
  await learner.share(whole, 'sequence', '--out', folder);
  const files = (await readdir(folder)).filter(name => name.endsWith('.png')).sort();
  const pictures = await Promise.all(files.map(async name => fromPng(await readFile(join(folder, name)))));
  const frames = pictures.map(picture => scaled(picture, FRAME_WIDTH / picture.width));
  return () => {
    describeSingle(learner, drawn, hosted);
    describeSequence(learner, frames);
  };
}

function describeSingle(learner, drawn, hosted) {
  describe('a code', () => {
    for(const {name, share, png, svg} of drawn) {
      const picture = fromPng(png);
      const seen = scaled(picture, widthOf(share.qr_version) / picture.width);
      describe(`of ${name}, version ${share.qr_version}`, () => {
        test('is at most of version 22 and not called dense', () => {
          assert.ok(share.qr_version <= 22 && !share.qr_dense);
        });

        test('carries the credential to the byte', async () => {
          const text = await readShare(share.link);
          assert.ok(Object.values(learner.credentials).some(each => text.includes(each.text)));
        });

        for(const [decoder, read] of Object.entries(DECODERS)) {
          for(const view of Object.keys(VIEWS)) {
            test(`${decoder} reads the PNG ${view}`, async () => {
              assert.ok(await readsOff(read, view, seen, share.link));
            });
          }
          test(`${decoder} reads the SVG`, async () => {
            // No camera's picture has edges as sharp as a drawing's, and jsQR does not expect them.
            assert.equal(await read(blurred(await fromSvg(svg, widthOf(share.qr_version)), 1)), share.link);
          });
        }
      });
    }

    test('of a hosted copy is of version 10 at most', () => {
      assert.ok(hosted.qr_version <= 10, `version ${hosted.qr_version}`);
    });
  });
}

function describeSequence(learner, frames) {
  describe('a sequence', () => {
    let texts;
    before(async () => {
      assert.ok(frames.length > 1);
      texts = await Promise.all(frames.map(frame => DECODERS.zbar(frame)));
    });

    test('is read frame by frame by both decoders, each code in capitals', async () => {
      for(const [index, frame] of frames.entries()) {
        const read = await DECODERS.jsQR(blurred(frame, 1));
        assert.equal(read, texts[index]);
        assert.match(read, /^UR:BYTES\/[A-Z0-9\/-]+$/);
      }
    });

    test('is put together by another reader, also where it misses a third of the codes and begins in the midst', async () => {
      for(const seed of [1, 2, 3, 4, 5]) {
        const next = random(seed);
        const decoder = new URDecoder();
        const start = Math.floor(next() * texts.length);
        for(let shown = 0; !decoder.isComplete(); shown += 1) {
          assert.ok(shown < 4 * texts.length, `after ${shown} codes only ${decoder.estimatedPercentComplete()} are there`);
          if(next() > 1 / 3) {
            decoder.receivePart(texts[(start + shown) % texts.length].toLowerCase());
          }
        }
        assert.ok(decoder.isSuccess(), decoder.resultError());
        const presentation = await readMessage(decoder.resultUR().decodeCBOR());
        assert.equal(JSON.parse(presentation).name, 'Everything');
        for(const kind of ['rdfc', 'jwt', 'signature_2020']) {
          assert.ok(presentation.includes(learner.credentials[kind].text), kind);
        }
      }
    });
  });
}
