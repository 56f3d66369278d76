import type { CheckView, LineView, ReportView } from '$lib/ipc/generated';
import { say, sayCode, sayDate } from '$lib/words/words.svelte';
import { spokenCode } from './spoken';

/** How one proof that holds was made. */
function sayProof({ params }: CheckView): string | undefined {
  const { suite, created } = params;
  if (!suite) return undefined;
  const form = suite.endsWith('(SD-JWT)')
    ? say('proof.sd_jwt', { suite: suite.replace(/ \(SD-JWT\)$/, '') })
    : suite.includes('(')
      ? say('proof.token', { suite })
      : say('proof.data_integrity', { suite });
  return created ? say('proof.dated', { proof: form, date: sayDate(created) }) : form;
}

/** How it is proven: one text for each signature that holds. */
export function sayProofs({ checks }: ReportView): string[] {
  const said = checks.filter(({ check, outcome }) => check === 'proof' && outcome === 'pass').map(sayProof);
  const proofs = said.filter((each) => each !== undefined);
  return proofs.length < 2
    ? proofs
    : proofs.map((proof, index) => say('proof.numbered', { number: index + 1, count: proofs.length, proof }));
}

/** What is wrong beside the signature and matters to a reader: a schema that is not kept to, a file that was exchanged. */
export function sayFlaws({ checks }: ReportView): string[] {
  return checks
    .filter(({ check, outcome }) => (check === 'schema' || check === 'related') && outcome === 'fail')
    .map((each) => sayCode(`code.${spokenCode(each)}`, each.params));
}

/** Who else knows the issuer: a registry or the learner's own address book, as far as somebody was asked. */
export function sayRecognition({ checks }: ReportView): string | undefined {
  const found = checks.find(({ check }) => check === 'recognition');
  return found && (found.outcome === 'pass' || found.outcome === 'inconclusive')
    ? sayCode(`code.${found.code}`, found.params)
    : undefined;
}

/** What further statuses say beside the one that decided: other purposes, and the issuer's notes. */
export function sayFurtherStatuses({ checks }: ReportView, { code }: LineView): string[] {
  const decided = checks.findIndex((each) => each.check === 'status' && spokenCode(each) === code);
  return checks
    .filter(
      ({ check, outcome, code: own }, index) =>
        check === 'status' &&
        index !== decided &&
        (own === 'status_notice' || outcome === 'fail' || outcome === 'inconclusive'),
    )
    .map((each) => sayCode(`code.${spokenCode(each)}`, each.params));
}

/** Whether the issuer offers newer versions, and whether one is known to be at hand. */
export function newerVersion({ checks }: ReportView): 'known' | 'offered' | 'none' {
  const at = checks.filter(({ check, purpose }) => check === 'refresh' || purpose === 'refresh');
  const isKnown = ({ check, code, outcome }: CheckView) =>
    code === 'newer_version' || (check === 'status' && outcome !== 'absent' && code === 'status_notice');
  if (at.some(isKnown)) return 'known';
  return at.some(({ code }) => code === 'skipped.refresh_not_asked') ? 'offered' : 'none';
}
