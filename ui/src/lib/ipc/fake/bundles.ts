import type {
  BundleVersionView,
  BundleView,
  ConcernView,
  CreateBundle,
  CredentialDetailView,
  DisclosableView,
  EditBundle,
  SuggestionView,
} from '../generated';
import { CHECKED_AT, listView } from './credentials';
import { fakePresentation } from './presentation';
import type { Answers, Surroundings } from './shelf';

type BundleCommand =
  | 'list_bundles'
  | 'show_bundle'
  | 'create_bundle'
  | 'edit_bundle'
  | 'delete_bundle'
  | 'duplicate_bundle'
  | 'bundle_versions'
  | 'restore_bundle'
  | 'suggest_credentials'
  | 'disclosable'
  | 'preview_bundle'
  | 'review_bundle';

interface Kept {
  readonly about: BundleVersionView;
  readonly content: CreateBundle;
}

const DAY = 86_400_000;
const NO_DETAILS: DisclosableView = { by: 'none', claims: [] };

/** What a token lets its holder leave out: each claim, and what it goes with. */
function disclosableOf({ credential }: CredentialDetailView): DisclosableView {
  if (credential.data_model !== 'sd_jwt_vc') return NO_DETAILS;
  const parents = [...new Set(credential.claims.flatMap(({ path }) => (path.includes(' / ') ? [path.split(' / ')[0] ?? ''] : [])))];
  const claims = [
    ...credential.claims.map(({ path, value }) => ({ path: path.split(' / '), value })),
    ...parents.map((name) => ({ path: [name], value: '' })),
  ].sort((a, b) => a.path.join('/').localeCompare(b.path.join('/')));
  return { by: 'sd_jwt', claims: claims.map(({ path, value }) => ({ key: `/${path.join('/')}`, path, value })) };
}

/** What a reader gets of it when some details are left out. */
function without(detail: CredentialDetailView, keys: readonly string[]): CredentialDetailView {
  if (keys.length === 0) return detail;
  const isLeftOut = (path: string) => {
    const key = `/${path.replaceAll(' / ', '/')}`;
    return keys.some((each) => key === each || key.startsWith(`${each}/`));
  };
  const claims = detail.credential.claims.filter(({ path }) => !isLeftOut(path));
  return { ...detail, credential: { ...detail.credential, claims } };
}

/** What there is to know about a credential before it is shared. */
export function concernsOf({ id, credential, report }: CredentialDetailView, now: Date): ConcernView[] {
  const concern = (code: string, params: Record<string, string> = {}): ConcernView => ({
    credential: id,
    title: credential.title.text,
    code,
    params,
  });
  const until = credential.valid_until;
  const endsIn = until === null ? Infinity : (new Date(until).getTime() - now.getTime()) / DAY;
  return [
    ...(report.verdict === 'valid' ? [] : [concern(report.verdict)]),
    ...(report.lines.some(({ line, state }) => line === 'about' && state === 'no') ? [concern('not_about_me')] : []),
    ...(report.verdict === 'valid' && endsIn > 0 && endsIn < 30 ? [concern('ends_soon', { until: until ?? '' })] : []),
    ...(now.getTime() - new Date(report.checked_at).getTime() > 30 * DAY
      ? [concern('old_check', { when: report.checked_at })]
      : []),
  ];
}

/** The bundles of the fake wallet. */
export function fakeBundles({ details, refuse, example }: Surroundings) {
  let bundles: readonly BundleView[] = [];
  const versions = new Map<string, Kept[]>();
  let count = 0;

  const detailOf = (id: string) => details().find((each) => each.id === id) ?? refuse('not_found', { id });
  const find = (id: string): BundleView => {
    const bundle = bundles.find((each) => each.id === id) ?? refuse('bundle_not_found');
    // What has left the wallet has left its bundles too.
    return { ...bundle, credentials: bundle.credentials.filter((each) => details().some(({ id }) => id === each.id)) };
  };

  function contentOf({ title, note, audience, credentials, notes, withheld, hidden_parts }: BundleView): CreateBundle {
    return { title, note, audience, credentials: credentials.map(({ id }) => id), notes, withheld, hidden_parts };
  }

  function save(id: string, content: CreateBundle, createdAt: string, savedAt = CHECKED_AT): BundleView {
    if (content.title.trim() === '') refuse('bundle_title_missing');
    if (content.credentials.length === 0) refuse('bundle_empty');
    const known = versions.get(id) ?? [];
    const version = known.length + 1;
    const bundle: BundleView = {
      id,
      left_out: 0,
      title: content.title,
      note: content.note || null,
      audience: content.audience || null,
      credentials: content.credentials.map((each) => listView(detailOf(each))),
      notes: content.notes,
      withheld: content.withheld,
      hidden_parts: content.hidden_parts,
      version,
      created_at: createdAt,
      updated_at: savedAt,
    };
    const about = { version, saved_at: savedAt, title: content.title, count: content.credentials.length, shares: 0 };
    versions.set(id, [...known, { about, content: contentOf(bundle) }]);
    bundles = [...bundles.filter((each) => each.id !== id), bundle];
    return bundle;
  }

  function edited({ id, title, note, audience, credentials, notes, withheld, hidden_parts }: EditBundle): BundleView {
    const known = find(id);
    return save(
      id,
      {
        title: title ?? known.title,
        note: note ?? known.note,
        audience: audience ?? known.audience,
        credentials: credentials ?? known.credentials.map((each) => each.id),
        notes: notes ?? known.notes,
        withheld: withheld ?? known.withheld,
        hidden_parts: hidden_parts ?? known.hidden_parts,
      },
      known.created_at,
    );
  }

  /** Finds the credentials whose skills or titles stand in the text. */
  function suggest(text: string): SuggestionView {
    const posting = text.toLowerCase();
    const suggested = details()
      .map((detail) => {
        const { title, skills } = listView(detail);
        const words = title.text.split(/\s+/).filter((word) => word.length > 4 && posting.includes(word.toLowerCase()));
        const matched = [
          ...skills.filter((skill) => posting.includes(skill.toLowerCase())),
          ...(words.length > 1 ? [title.text] : []),
        ];
        return { credential: listView(detail), matched };
      })
      .filter(({ matched }) => matched.length > 0)
      .sort((a, b) => b.matched.length - a.matched.length);
    const [first = ''] = text.trim().split('\n');
    return { suggested, title: first.length > 3 && first.length < 80 ? first : null };
  }

  const handlers: Answers<BundleCommand> = {
    list_bundles: () => bundles.map(({ id }) => find(id)),
    show_bundle: ({ id }) => find(id),
    create_bundle: (content) => save(`bundle-${++count}`, content, CHECKED_AT),
    edit_bundle: (change) => edited(change),
    delete_bundle: ({ id }) => {
      find(id);
      bundles = bundles.filter((each) => each.id !== id);
      versions.delete(id);
      return {};
    },
    duplicate_bundle: ({ id }) => {
      const content = contentOf(find(id));
      return save(`bundle-${++count}`, { ...content, title: `Copy of ${content.title}` }, CHECKED_AT);
    },
    bundle_versions: ({ id }) => (versions.get(id) ?? []).map(({ about }) => about).reverse(),
    restore_bundle: ({ id, version }) => {
      const kept = versions.get(id)?.find(({ about }) => about.version === version) ?? refuse('bundle_version_not_found');
      const credentials = kept.content.credentials.filter((each) => details().some(({ id }) => id === each));
      return save(id, { ...kept.content, credentials }, find(id).created_at);
    },
    suggest_credentials: ({ text }) => suggest(text),
    disclosable: ({ id }) => disclosableOf(detailOf(id)),
    preview_bundle: ({ draft }) => {
      const shown = draft.credentials.map((id) => without(detailOf(id), draft.withheld[id] ?? []));
      const { audience, hidden_parts, notes } = draft;
      const whole = fakePresentation(shown, draft.title, draft.note, { audience, hiddenParts: hidden_parts, notes });
      return { ...whole, holder: null, title: draft.title || null };
    },
    review_bundle: ({ id }) => {
      const held = find(id).credentials.map((each) => detailOf(each.id));
      const checked = held.map(({ report }) => report.checked_at).sort();
      return {
        concerns: held.flatMap((detail) => concernsOf(detail, new Date(CHECKED_AT))),
        checked_at: checked[0] ?? null,
      };
    },
  };

  if (example) {
    const bare: Omit<CreateBundle, 'title' | 'credentials'> = { note: null, audience: null, notes: {}, withheld: {}, hidden_parts: [] };
    const first = '2026-11-01T08:00:00Z';
    save('bundle-bluewater', { ...bare, title: 'For Bluewater Health', credentials: ['wound-care', 'menus-sante'] }, first, first);
    save(
      'bundle-bluewater',
      {
        ...bare,
        title: 'For Bluewater Health',
        audience: 'Bluewater Health, personal support',
        note: 'I have worked in long-term care for six years. These three show what I can take on **from the first day**.',
        credentials: ['wound-care', 'ppe', 'menus-sante'],
        notes: { 'wound-care': 'Your posting asks for wound care on nights; I did this work on two night rotations.' },
      },
      first,
      '2026-11-20T09:40:00Z',
    );
    save(
      'bundle-cuisine',
      { ...bare, title: 'Poste de cuisine, CHSLD', credentials: ['menus-sante'] },
      '2026-10-20T08:00:00Z',
      '2026-10-20T08:00:00Z',
    );
  }

  return {
    handlers,
    find,
    /** The bundles that hold a credential. */
    holding: (credential: string) =>
      bundles.filter(({ credentials }) => credentials.some(({ id }) => id === credential)).map(({ id, title }) => ({ id, title })),
  };
}
