import type { IconName } from '$lib/components/icons';
import type { ShareFile, ShareForm } from '$lib/ipc/generated';

export const FORMS = ['link', 'hosted', 'html', 'qr', 'sequence', 'pdf', 'json'] as const satisfies readonly ShareForm[];

export const FORM_ICONS: Record<ShareForm, IconName> = {
  link: 'link',
  hosted: 'host',
  html: 'globe',
  qr: 'qr',
  sequence: 'sequence',
  pdf: 'print',
  json: 'file',
};

/** What each form is for. */
export const GROUPS = {
  send: ['link', 'hosted', 'html'],
  show: ['qr', 'sequence', 'pdf'],
  data: ['json'],
} as const satisfies Record<string, readonly ShareForm[]>;
export type Group = keyof typeof GROUPS;

/** More credentials than this make a link that mail programs cut. */
const LINK_CARRIES = 3;

interface Means {
  readonly pageIsSet: boolean;
  readonly publisherIsSet: boolean;
}

/** The form that most readers can open, for so many credentials. */
export function bestForm(count: number, { pageIsSet, publisherIsSet }: Means): ShareForm {
  if (pageIsSet && count <= LINK_CARRIES) return 'link';
  return publisherIsSet && pageIsSet ? 'hosted' : 'html';
}

/** Whether its host can be asked to forget it; everything else is whole in itself once given out. */
export const canBeStopped = (form: ShareForm): boolean => form === 'hosted';

/** Whether it can be encrypted with a passphrase. */
export const canBeSealed = (form: ShareForm): boolean =>
  form === 'link' || form === 'qr' || form === 'sequence' || form === 'html';

/** The file that a form consists of, where it is one. */
export function fileOf(form: ShareForm): ShareFile | null {
  return form === 'html' || form === 'pdf' || form === 'json' ? form : null;
}

/** How a link of that many characters fares; the wallet's own bound for comfort is the first. */
export function lengthOf(characters: number): 'good' | 'long' | 'too_long' {
  if (characters <= 900) return 'good';
  return characters <= 2000 ? 'long' : 'too_long';
}

/** The fewest characters of a passphrase. */
export const PASSPHRASE_AT_LEAST = 12;
