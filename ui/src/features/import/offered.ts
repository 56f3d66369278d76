import type { LetterView, OfferedKind, OfferedView } from '$lib/ipc/generated';
import { say } from '$lib/words/words.svelte';

/** Kinds whose issuer is given a proof of the wallet's own key. */
const PROVES_KEY = new Set<OfferedKind>(['request', 'interaction', 'message', 'credential_offer']);

export const provesKey = ({ kind }: OfferedView): boolean => PROVES_KEY.has(kind);

/** Whether it may turn out to lead to a claim, which is known only once it was asked. */
export const mayLeadToClaim = ({ kind }: OfferedView): boolean => kind === 'web' || kind === 'share_page';

/** What an issuer learns of the learner by it. */
export function sayWhatIsSent(item: OfferedView): string {
  if (provesKey(item)) return say('offer.proves_key');
  return say(mayLeadToClaim(item) ? 'offer.nothing_sent_unless' : 'offer.nothing_sent');
}

/** What it is, in words. */
export function sayKind({ kind, count, platform }: OfferedView): string {
  const what = kind === 'document' ? say('offer.kind.document', { count: count ?? 1 }) : say(`offer.kind.${kind}`);
  return platform === null ? what : say('offer.on_platform', { what, platform });
}

/** Why it can't be got, where the wallet does not say it by a code of its own. */
export function sayWhyNot({ kind }: OfferedView): string {
  switch (kind) {
    case 'document_page':
    case 'share':
    case 'asks_for_credentials':
    case 'refused':
      return say(`offer.why.${kind}`);
    default:
      return say('offer.why.other');
  }
}

/** What the yes is called: it names who will be contacted. */
export function sayContact(hosts: readonly string[]): string {
  const [only, ...others] = hosts;
  if (only === undefined) return say('offer.check');
  return others.length === 0 ? say('offer.contact_one', { host: only }) : say('offer.contact_many', { count: hosts.length });
}

/** The carriers around it, as a path. */
export const pathOf = (within: readonly string[]): string => within.join(' › ');

/** Items that stood in the same mail, in their order; those in none form groups of their own. */
export interface MailGroup {
  readonly key: string;
  readonly letter: LetterView | null;
  readonly items: readonly OfferedView[];
}

export function byMail(items: readonly OfferedView[]): MailGroup[] {
  const groups = new Map<string, { letter: LetterView | null; items: OfferedView[] }>();
  for (const item of items) {
    const key = item.letter === null ? '' : JSON.stringify([item.letter, item.within[0]]);
    const group = groups.get(key);
    if (group) group.items.push(item);
    else groups.set(key, { letter: item.letter, items: [item] });
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}
