import type { Backend } from './backend';
import { CHECKED_AT, fakeDetails, listView } from './fake/credentials';
import { fakeImports } from './fake/imports';
import { fakeQr } from './fake/qr';
import { report } from './fake/reports';
import type {
  ArrivalView,
  BundleView,
  Commands,
  CredentialDetailView,
  ErrorView,
  ImportProgress,
  PresentationView,
  PresentedCredentialView,
  SettingsView,
  ShareBundle,
  ShareView,
} from './generated';

/** How the fake wallet begins and behaves. */
export interface FakeOptions {
  /** Nothing in it yet. */
  readonly empty?: boolean;
  /** Whether a page for employers is set. */
  readonly page?: boolean;
  readonly language?: 'en' | 'fr';
  readonly theme?: string | null;
  /** How long each stage of an import takes. */
  readonly stepMilliseconds?: number;
  /** What the system handed over before the window was there. */
  readonly arrivals?: readonly ArrivalView[];
  /** Fails these commands. */
  readonly failing?: Partial<Record<keyof Commands, ErrorView>>;
}

/** A fake that the system can hand something to. */
export interface FakeBackend extends Backend {
  arrive(arrival: ArrivalView): void;
}

type Handlers = { [C in keyof Commands]: (request: Commands[C][0]) => Commands[C][1] | Promise<Commands[C][1]> };

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const refuse = (code: string, params: Record<string, string> = {}): never => {
  throw { code, params } satisfies ErrorView;
};

/** What a reader sees of these credentials. */
export function fakePresentation(
  details: readonly CredentialDetailView[],
  title: string,
  note: string | null,
): PresentationView {
  const credentials: PresentedCredentialView[] = details.map(({ credential, report, nested }) => ({
    credential,
    report,
    nested,
    error: null,
    error_params: {},
    verdict: report.verdict,
  }));
  return {
    holder: 'did:key:z6MkfFakeLearnerKeyForDesignWorkOnly1111111111',
    title,
    note,
    earner: 'Amélie Tremblay',
    valid_until: null,
    created: CHECKED_AT,
    report: { ...report('valid', CHECKED_AT, { host: 'lakeheadvalley.example' }), asked: [] },
    verdict: 'valid',
    credentials,
  };
}

/** A wallet in memory with invented credentials, for tests and design work. No build that is shipped contains it. */
export function createFake(options: FakeOptions = {}): FakeBackend {
  const { stepMilliseconds = 500 } = options;
  let details = options.empty ? [] : fakeDetails();
  let bundles: BundleView[] = [];
  let shares: ShareView[] = [];
  let count = 0;
  const importListeners = new Set<(progress: ImportProgress) => void>();
  const changeListeners = new Set<() => void>();
  const arrivalListeners = new Set<() => void>();
  const arrivals: ArrivalView[] = [...(options.arrivals ?? [])];
  let settings: SettingsView = {
    language: options.language ?? null,
    theme: options.theme ?? null,
    verifier_url: options.page === false ? null : 'https://verify.attesta.example/',
    default_verifier_url: options.page === false ? null : 'https://verify.attesta.example/',
    emails: ['amelie.tremblay@gmail.example'],
    registries: [
      {
        name: 'Registry of Maritime Colleges',
        kind: 'issuers',
        url: 'https://registry.maritimecolleges.example/issuers.json',
        chosen: true,
        offered: false,
      },
      {
        name: 'Digital Credentials Consortium: known registries',
        kind: 'registries',
        url: 'https://digitalcredentials.example/known-did-registries.json',
        chosen: false,
        offered: true,
      },
    ],
    known_issuers: [{ id: 'did:web:certification-linguistique.example', name: 'L’Office (test de français)' }],
    did: 'did:key:z6MkfFakeLearnerKeyForDesignWorkOnly1111111111',
    data_dir: '/home/amelie/.local/share/attesta',
    version: '0.1.0',
    development: true,
  };

  const find = (id: string) => details.find((each) => each.id === id) ?? refuse('not_found', { id });
  const findBundle = (id: string) => bundles.find((each) => each.id === id) ?? refuse('bundle_not_found');
  const rows = (ids: readonly string[]) => ids.map((id) => listView(find(id)));
  const changed = () => changeListeners.forEach((listener) => listener());

  function bundleOf(id: string, title: string, note: string | null, ids: readonly string[], createdAt: string): BundleView {
    if (title.trim() === '') refuse('bundle_title_missing');
    if (ids.length === 0) refuse('bundle_empty');
    return { id, title, note: note || null, credentials: rows(ids), created_at: createdAt, updated_at: CHECKED_AT };
  }

  function put(bundle: BundleView): BundleView {
    bundles = [...bundles.filter(({ id }) => id !== bundle.id), bundle];
    return bundle;
  }

  function shareOf({ bundle, form, expires }: ShareBundle): ShareView {
    const { title, credentials } = findBundle(bundle);
    if (form === 'qr' && credentials.length > 4) refuse('link_too_long_for_qr', { bytes: '4812' });
    const page = settings.verifier_url;
    const link = `${page ?? 'attesta:share'}#1u${'hZJdj9MwEEX_SuRXmqZ2nDRdXhCgFSutBGJ3eUBocJzx'.repeat(credentials.length * 8)}`;
    return {
      id: `share-${++count}`,
      bundle,
      title,
      count: credentials.length,
      form,
      created_at: CHECKED_AT,
      expires_at: expires === null ? null : `${expires}T23:59:59Z`,
      link: form === 'json' ? null : link,
      opens_in_browser: page !== null,
      long_link: link.length > 2000,
      qr_svg: form === 'qr' ? fakeQr(21) : null,
      qr_version: form === 'qr' ? 21 : null,
      qr_dense: credentials.length > 2,
      files: [],
    };
  }

  const handlers: Handlers = {
    list_credentials: ({ search }) => {
      const wanted = search.trim().toLowerCase();
      const all = details.map(listView);
      return all.filter(({ title, issuer, skills }) =>
        [title.text, issuer.text, ...skills].some((text) => text.toLowerCase().includes(wanted)),
      );
    },
    show_credential: ({ id }) => ({
      ...find(id),
      bundles: bundles.filter(({ credentials }) => credentials.some((each) => each.id === id)).map(({ id, title }) => ({ id, title })),
    }),
    raw_credential: ({ id }) => ({ json: JSON.stringify(find(id).credential, null, 2) }),
    remove_credential: ({ id }) => {
      find(id);
      details = details.filter((each) => each.id !== id);
      changed();
      return {};
    },
    take_arrivals: () => arrivals.splice(0),
    ...fakeImports({
      stepMilliseconds,
      details: () => details,
      put: (next) => {
        details = next;
        changed();
      },
      emails: () => settings.emails,
      tell: (progress) => importListeners.forEach((listener) => listener(progress)),
      refuse,
    }),
    save_wallet_backup: () => ({ path: '/home/amelie/Documents/attesta-wallet.json' }),
    refresh: async ({ ids }) => {
      await wait(stepMilliseconds * 2);
      return details
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .map(({ id, credential, report }) => ({
          id,
          name: credential.title.text,
          before: report.verdict,
          verdict: report.verdict,
          changed: false,
          checked_at: CHECKED_AT,
          newer: null,
        }));
    },
    list_bundles: () => [...bundles],
    show_bundle: ({ id }) => findBundle(id),
    create_bundle: ({ title, note, credentials }) =>
      put(bundleOf(`bundle-${++count}`, title, note, credentials, CHECKED_AT)),
    edit_bundle: ({ id, title, note, credentials }) => {
      const known = findBundle(id);
      const order = credentials ?? known.credentials.map((each) => each.id);
      return put(bundleOf(id, title ?? known.title, note ?? known.note, order, known.created_at));
    },
    delete_bundle: ({ id }) => {
      findBundle(id);
      bundles = bundles.filter((each) => each.id !== id);
      return {};
    },
    preview_bundle: ({ id }) => {
      const { title, note, credentials } = findBundle(id);
      return fakePresentation(credentials.map((each) => find(each.id)), title, note);
    },
    share_bundle: (request) => {
      const share = shareOf(request);
      shares = [...shares, share];
      return share;
    },
    list_shares: () => [...shares],
    save_share: ({ file }) => ({ path: `/home/amelie/Documents/attesta.${file}` }),
    open_share: ({ text }) =>
      text.includes('damaged')
        ? refuse('share_link_damaged')
        : fakePresentation(fakeDetails().slice(0, 3), 'For Bluewater Health', null),
    settings: () => settings,
    change_settings: ({ language, theme, verifier_url, emails, registries, known_issuers }) => {
      if (verifier_url && !verifier_url.startsWith('https://')) refuse('verifier_url_not_https');
      if (registries?.some(({ chosen, url }) => chosen && !url.startsWith('https://'))) refuse('address_not_allowed');
      const offered = settings.registries.filter(({ offered }) => offered);
      const chosen = registries?.filter(({ chosen }) => chosen) ?? [];
      const left = offered.filter(({ url }) => !chosen.some((each) => each.url === url));
      settings = {
        ...settings,
        ...(language === null ? {} : { language: language === 'en' || language === 'fr' ? language : null }),
        ...(theme === null ? {} : { theme: theme || null }),
        ...(verifier_url === null ? {} : { verifier_url: verifier_url || settings.default_verifier_url }),
        ...(emails === null ? {} : { emails }),
        ...(registries === null
          ? {}
          : { registries: [...chosen, ...left.map((each) => ({ ...each, chosen: false }))] }),
        ...(known_issuers === null ? {} : { known_issuers }),
      };
      return settings;
    },
    copy_text: () => ({}),
    open_in_browser: () => ({}),
    demo_links: () =>
      ['json', 'png', 'page', 'negotiated'].map((kind) => ({ kind, url: `http://localhost:47811/claim/${kind}/1`, code: null })),
  };

  if (!options.empty) {
    put(
      bundleOf(
        'bundle-bluewater',
        'For Bluewater Health',
        'I have worked in long-term care for six years. These three show what I can take on from the first day.',
        ['wound-care', 'ppe', 'menus-sante'],
        '2026-11-01T08:00:00Z',
      ),
    );
    put(bundleOf('bundle-cuisine', 'Poste de cuisine, CHSLD', null, ['menus-sante'], '2026-10-20T08:00:00Z'));
    shares = [
      { ...shareOf({ bundle: 'bundle-bluewater', form: 'link', expires: '2027-05-21' }), created_at: '2026-11-20T10:12:00Z' },
      { ...shareOf({ bundle: 'bundle-cuisine', form: 'qr', expires: '2026-11-15' }), created_at: '2026-10-21T15:40:00Z' },
      { ...shareOf({ bundle: 'bundle-cuisine', form: 'json', expires: null }), created_at: '2026-10-21T15:20:00Z' },
    ];
  }

  return {
    async call(name, request) {
      const failing = options.failing?.[name];
      if (failing) throw failing;
      // Answers are copies, as they are across a process border.
      return structuredClone(await handlers[name](request));
    },
    onImportProgress(listener) {
      importListeners.add(listener);
      return Promise.resolve(() => importListeners.delete(listener));
    },
    onArrival(listener) {
      arrivalListeners.add(listener);
      return Promise.resolve(() => arrivalListeners.delete(listener));
    },
    arrive(arrival) {
      arrivals.push(arrival);
      arrivalListeners.forEach((listener) => listener());
    },
    onCredentialsChanged(listener) {
      changeListeners.add(listener);
      return Promise.resolve(() => changeListeners.delete(listener));
    },
  };
}
