// What the learner gives out, opened by programs that know nothing of ours.
import {describe} from 'node:test';
import {openLearner} from './shares/learner.mjs';
import {describePresentations} from './shares/presentations.mjs';

export async function describeShares(folder, host) {
  const learner = await openLearner(folder, host);
  describe('presentations', () => describePresentations(learner));
}
