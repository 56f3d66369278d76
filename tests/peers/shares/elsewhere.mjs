// What goes to programs that know no credentials: a file for the browser, a calendar, a LinkedIn profile.
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import ICAL from 'ical.js';
import {readShare} from './reader.mjs';

const DAYS_BEFORE = 30;

const TITLE = 'Été </script><script>alert(1)</script> & suite';

/** Makes a file for the browser; yields what defines the tests. */
export async function prepareFile(learner) {
  const bundle = await learner.bundle(TITLE, ['rdfc', 'jwt', 'ob2']);
  const file = join(learner.folder, 'bundle.html');
  await learner.share(bundle, 'html', '--out', file, '--language', 'fr');
  const html = await readFile(file, 'utf8');
  const [, json] = /<script type="application\/json" id="attesta-bundle">([^<]*)<\/script>/.exec(html);
  return () => describeFile(learner, file, html, JSON.parse(json));
}

function describeFile(learner, file, html, carried) {
  describe('a file for the browser', () => {
    test('carries the presentation as the format\'s page says', async () => {
      assert.equal(carried.title, TITLE);
      assert.ok(!Number.isNaN(Date.parse(carried.made)), carried.made);
      const text = await readShare(carried.payload);
      assert.equal(JSON.parse(text).name, TITLE);
      assert.ok(text.includes(learner.credentials.rdfc.text));
    });

    test('lets no title become a script, and says its language', () => {
      assert.ok(!html.includes('<script>alert(1)'));
      assert.match(html, /<html[^>]* lang="fr/);
    });

    test('asks for nothing beside it and lets nothing else run', () => {
      const policy = /<meta[^>]+http-equiv="Content-Security-Policy"[^>]+content="([^"]+)"/i.exec(html)?.[1] ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /script-src [^;]*'sha256-/);
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
      const head = html.slice(0, html.indexOf('attesta-bundle'));
      assert.doesNotMatch(head.replaceAll(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, ''), /\b(src|href)="(?!data:|#)/);
    });

    test('opens in the wallet too', async () => {
      const {code, verdict, presentation} = await learner.run('open', file);
      assert.deepEqual([code, verdict, presentation.title], [0, 'valid', TITLE]);
    });
  });
}

export function describeElsewhere(learner) {
  test('a calendar takes the end of a credential, with a reminder', async () => {
    const file = join(learner.folder, 'end.ics');
    const {code, error} = await learner.run('calendar', learner.credentials.rdfc.id, '--out', file);
    assert.equal(code, 0, JSON.stringify(error));
    const text = await readFile(file, 'utf8');
    assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75 && !line.includes('\n')), 'lines are folded');
    const calendar = new ICAL.Component(ICAL.parse(text));
    assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
    const [component] = calendar.getAllSubcomponents('vevent');
    const event = new ICAL.Event(component);
    assert.match(event.summary, /Welding Fundamentals/);
    assert.ok(event.uid.length > 0);
    assert.ok(event.startDate.isDate, 'it lasts all day');
    const end = JSON.parse(learner.credentials.rdfc.text).validUntil;
    const last = new Date(Date.parse(end) - 1).toISOString().slice(0, 10);
    assert.ok([last, end.slice(0, 10)].includes(event.startDate.toString()), `${event.startDate} for ${end}`);
    const [alarm] = component.getAllSubcomponents('valarm');
    assert.equal(alarm.getFirstPropertyValue('trigger').toSeconds(), -DAYS_BEFORE * 86_400);
  });

  test('the same calendar entry is the same the second time', async () => {
    const uid = async name => {
      const file = join(learner.folder, name);
      await learner.run('calendar', learner.credentials.rdfc.id, '--out', file);
      const calendar = new ICAL.Component(ICAL.parse(await readFile(file, 'utf8')));
      return calendar.getFirstSubcomponent('vevent').getFirstPropertyValue('uid');
    };
    assert.equal(await uid('first.ics'), await uid('second.ics'));
  });

  test('LinkedIn\'s form gets every value as it is, and the months of the world\'s clock', async () => {
    const {code, profile, error} = await learner.run('profile', learner.credentials.rdfc.id);
    assert.equal(code, 0, JSON.stringify(error));
    const url = new URL(profile.url);
    assert.equal(url.origin + url.pathname, 'https://www.linkedin.com/profile/add');
    const {validFrom, validUntil, issuer, credentialSubject} = JSON.parse(learner.credentials.rdfc.text);
    const month = time => [String(new Date(time).getUTCFullYear()), String(new Date(time).getUTCMonth() + 1)];
    assert.deepEqual(Object.fromEntries([...url.searchParams].filter(([name]) => name !== 'certUrl')), {
      startTask: 'CERTIFICATION_NAME',
      name: credentialSubject.achievement.name,
      organizationName: issuer.name,
      issueYear: month(validFrom)[0], issueMonth: month(validFrom)[1],
      expirationYear: month(validUntil)[0], expirationMonth: month(validUntil)[1]
    });
    const shown = url.searchParams.get('certUrl');
    assert.ok(shown === null || /^https?:$/.test(new URL(shown).protocol), shown);
  });
}
