// What the learner gives out, opened by programs that know nothing of ours.
import {describe, test} from 'node:test';
import {prepareCodes} from './shares/codes.mjs';
import {prepareDocuments} from './shares/documents.mjs';
import {describeElsewhere, prepareFile} from './shares/elsewhere.mjs';
import {openLearner} from './shares/learner.mjs';
import {describeLinks} from './shares/links.mjs';
import {preparePresentations} from './shares/presentations.mjs';
import {describePublishing} from './shares/publishing.mjs';

/** Each part: what makes its things, one after the other in the one wallet, and yields what defines its tests. */
const PARTS = {
  'presentations': preparePresentations,
  'links': async learner => () => describeLinks(learner),
  'copies on a server': async learner => () => describePublishing(learner),
  'codes': prepareCodes,
  'documents': prepareDocuments,
  'files for the browser': prepareFile,
  'calendars and profiles': async learner => () => describeElsewhere(learner)
};

export async function describeShares(folder, host) {
  const learner = await openLearner(folder, host);
  for(const [part, prepare] of Object.entries(PARTS)) {
    // What can't be made is a failed test of its own, so that the other parts are judged all the same.
    const define = await prepare(learner).catch(error => () => test('can be made', () => { throw error; }));
    describe(part, define);
  }
}
