import type { CodeQuestionView, DroppedFile, LetterView, OfferedKind, OfferedView, SkippedView } from '../generated';

/** What the fake finds in a text or in files; it asks nobody and reads nothing. */
export interface Found {
  readonly items: OfferedView[];
  readonly skipped: SkippedView[];
}

const LINK = /(?:https?:\/\/|dccrequest:|openid-credential-offer:|openid4vp:|interaction:|attesta:)[^\s<>"]+/giu;

const KINDS: readonly (readonly [RegExp, OfferedKind, string | null])[] = [
  [/^(attesta:|https?:\/\/\S+#1)/u, 'share', null],
  [/^dccrequest:/u, 'request', null],
  [/^openid-credential-offer:/u, 'credential_offer', null],
  [/^openid4vp:/u, 'asks_for_credentials', null],
  [/^interaction:|[?&]iuv=1/u, 'interaction', null],
  [/^https:\/\/www\.credly\.example\/badges\//u, 'share_page', 'Credly'],
  [/^https:\/\/learner\.mycreds\.example\/sharelink\//u, 'document_page', 'MyCreds'],
  [/^http:\/\/(?!localhost)/u, 'refused', null],
];

const NOT_IMPORTABLE = new Set<OfferedKind>(['share', 'asks_for_credentials', 'document_page', 'refused']);

const hostOf = (url: string) =>
  /[?&](?:host|vc_request_url)=(?:https:\/\/)?([\w.-]+)/u.exec(url)?.[1] ??
  /^(?:https?|interaction|openid4vp):\/\/([^/?#]+)/u.exec(url)?.[1] ??
  'college.example';

function codeOf(url: string): CodeQuestionView | null {
  if (!url.includes('tx_code')) return null;
  return {
    host: hostOf(url),
    numeric: true,
    length: 6,
    description: 'We sent the code to the mobile number in your student file.',
    refused: false,
  };
}

const BLANK: Omit<OfferedView, 'id' | 'label' | 'kind'> = {
  url: null,
  platform: null,
  hosts: [],
  count: null,
  within: [],
  letter: null,
  code: null,
  importable: true,
  suggested: true,
  error: null,
};

type Place = Pick<OfferedView, 'within' | 'letter'>;

function linkItem(url: string, place: Partial<Place> = {}): OfferedView {
  const [, kind, platform] = KINDS.find(([shape]) => shape.test(url)) ?? [null, 'web' as const, null];
  const importable = !NOT_IMPORTABLE.has(kind);
  const host = hostOf(url);
  return {
    ...BLANK,
    id: url,
    kind,
    label: host,
    url,
    platform,
    hosts: importable ? (platform === null ? [host] : [`api.${host}`]) : [],
    code: codeOf(url),
    importable,
    suggested: importable && !url.includes('unsubscribe'),
    error: kind === 'refused' ? { code: 'not_https', params: { host } } : null,
    ...place,
  };
}

/** The links of a text, each once, or the credential that it is. */
export function foundInText(text: string, place: Partial<Place> = {}): Found {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    return { items: [documentItem('Caring for Wound Infections', place)], skipped: [] };
  }
  return { items: [...new Set(trimmed.match(LINK) ?? [])].map((url) => linkItem(url, place)), skipped: [] };
}

function documentItem(label: string, place: Partial<Place> = {}, id = label): OfferedView {
  return { ...BLANK, id, kind: 'document', label, hosts: ['lakeheadvalley.example'], count: 1, ...place };
}

const letter = (subject: string, to: string, day: number): LetterView => ({
  from: 'Lakehead Valley College <badges@lakeheadvalley.example>',
  subject,
  to: [to],
  date: `2026-10-${String(day).padStart(2, '0')}T13:20:00Z`,
});

function foundInMail(name: string, number: number): Found {
  const mail = letter('Your badges are ready', 'amelie.t@student.lakeheadvalley.example', 12);
  const place = { within: [name], letter: mail };
  const { items } = foundInText(
    [
      'dccrequest://request?vc_request_url=https://lakeheadvalley.example/exchange/1&challenge=7d2',
      'openid-credential-offer://?host=issuer.maritimecolleges.example&tx_code=1',
      'https://www.credly.example/badges/3f0b1c6e',
      'https://learner.mycreds.example/sharelink/5d1f/9a20',
      'https://lakeheadvalley.example/unsubscribe?u=91',
    ].join('\n'),
    place,
  );
  const badge = documentItem('Donning and Doffing PPE', { ...place, within: [name, 'ppe.png'] }, `ppe-${number}`);
  return { items: [...items, badge], skipped: [{ name: 'rekening.doc', error: { code: 'not_a_credential', params: {} } }] };
}

function foundInMailbox(name: string): Found {
  const items = Array.from({ length: 50 }, (_, index) => {
    const mail = letter(`Course ${index + 1}: your credential`, 'amelie.tremblay@gmail.example', (index % 28) + 1);
    const place = { within: [name], letter: mail };
    return [
      linkItem(`https://college.example/claim/${index}`, place),
      documentItem(`Course ${index + 1}`, { ...place, within: [name, `course-${index + 1}.json`] }, `course-${index}`),
    ];
  });
  return { items: items.flat(), skipped: [] };
}

function foundInArchive(name: string): Found {
  return {
    items: ['Emergency First Aid', 'Data Storytelling', 'Préparer des menus santé'].map((title, index) =>
      documentItem(title, { within: [name] }, `${name}-${index}`),
    ),
    skipped: [{ name: `${name}: scan.pdf`, error: { code: 'pdf_encrypted', params: {} } }],
  };
}

/** What files hold, by their names alone. */
export function foundInFiles(files: readonly Pick<DroppedFile, 'name'>[]): Found {
  const all = files.map(({ name }, index): Found => {
    if (name.endsWith('.eml')) return foundInMail(name, index);
    if (name.endsWith('.mbox')) return foundInMailbox(name);
    if (name.endsWith('.zip')) return foundInArchive(name);
    if (/screenshot|pasted/u.test(name)) {
      return foundInText('openid-credential-offer://?host=issuer.maritimecolleges.example', { within: [name] });
    }
    if (name.endsWith('.txt')) return { items: [], skipped: [{ name, error: { code: 'not_a_credential', params: {} } }] };
    return { items: [documentItem(name, {}, `${name}-${index}`)], skipped: [] };
  });
  return { items: all.flatMap(({ items }) => items), skipped: all.flatMap(({ skipped }) => skipped) };
}
