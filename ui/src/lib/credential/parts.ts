import type { CredentialView, NestedView } from '$lib/ipc/generated';
import { endorsementsIn } from './nested';

/** The parts of a credential that its learner may fold away for a reader; they stay part of what was signed. */
export const PARTS = ['picture', 'description', 'criteria', 'skills', 'results', 'evidence', 'endorsements'] as const;

export type Part = (typeof PARTS)[number];

/** Which parts are shown: all of them, those that are not folded away, or just those that are. */
export type Selection = 'all' | { readonly without: readonly Part[] } | { readonly only: readonly Part[] };

export function shows(selection: Selection, part: Part): boolean {
  if (selection === 'all') return true;
  return 'only' in selection ? selection.only.includes(part) : !selection.without.includes(part);
}

function has(part: Part, credential: CredentialView, nested: readonly NestedView[]): boolean {
  switch (part) {
    case 'picture':
      return credential.image !== null;
    case 'description':
      return credential.description !== null;
    case 'criteria':
      return credential.criteria !== null || credential.criteria_url !== null;
    case 'skills':
      return credential.skills.length > 0;
    case 'results':
      return credential.assessments.length > 0;
    case 'evidence':
      return credential.evidence.length > 0;
    case 'endorsements':
      return credential.endorsers.length > 0 || endorsementsIn(nested).length > 0;
  }
}

/** What is folded away of this credential: what the learner wants folded and the credential has. */
export const foldedOf = (
  hidden: readonly string[],
  credential: CredentialView,
  nested: readonly NestedView[],
): Part[] => PARTS.filter((part) => hidden.includes(part) && has(part, credential, nested));
