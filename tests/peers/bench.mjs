// `node bench.mjs FILE [N]`: verifies one credential N times with @digitalbazaar/vc, warm, contexts at hand, and
// prints {"per_second","n"} by CPU time, so that a busy machine does not change the number.
import {readFile} from 'node:fs/promises';
import {FAMILIES, SUITES} from './families.mjs';
import {documentLoader} from './loader.mjs';

const [file, count = '200'] = process.argv.slice(2);
const n = Number(count);
if(!file || !Number.isInteger(n) || n < 1) {
  console.error('usage: node bench.mjs FILE [N]');
  process.exit(2);
}
const text = await readFile(file, 'utf8');
const {vc, suite} = FAMILIES[0];
const suites = SUITES.map(name => suite(name));
const load = documentLoader();

async function verifyOnce() {
  const result = await vc.verifyCredential({credential: JSON.parse(text), suite: suites, documentLoader: load});
  if(!result.verified) {
    throw new Error(`@digitalbazaar/vc refuses ${file}: ${result.error?.errors?.[0]?.message ?? result.error?.message}`);
  }
}

for(let warm = 0; warm < 10; warm += 1) {
  await verifyOnce();
}
const before = process.cpuUsage();
for(let round = 0; round < n; round += 1) {
  await verifyOnce();
}
const {user, system} = process.cpuUsage(before);
console.log(JSON.stringify({per_second: n / ((user + system) / 1e6), n}));
