import type { Backend } from './backend';
import { CHECKED_AT, fakeDetails, listView } from './fake/credentials';
import { fakeBundles } from './fake/bundles';
import { fakeImports } from './fake/imports';
import { fakePresentation } from './fake/presentation';
import { fakeShares } from './fake/shares';
import type {
  ArrivalView,
  Commands,
  ErrorView,
  ImportProgress,
  SettingsView,
} from './generated';

/** How the fake wallet begins and behaves. */
export interface FakeOptions {
  /** Nothing in it yet. */
  readonly empty?: boolean;
  /** Whether a page for employers is set. */
  readonly page?: boolean;
  /** Whether a VerifierPlus is set. */
  readonly publisher?: boolean;
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

export { fakePresentation } from './fake/presentation';

/** A wallet in memory with invented credentials, for tests and design work. No build that is shipped contains it. */
export function createFake(options: FakeOptions = {}): FakeBackend {
  const { stepMilliseconds = 500 } = options;
  let details = options.empty ? [] : fakeDetails();
  const importListeners = new Set<(progress: ImportProgress) => void>();
  const changeListeners = new Set<() => void>();
  const arrivalListeners = new Set<() => void>();
  const arrivals: ArrivalView[] = [...(options.arrivals ?? [])];
  let settings: SettingsView = {
    language: options.language ?? null,
    theme: options.theme ?? null,
    verifier_url: options.page === false ? null : 'https://verify.attesta.example/',
    default_verifier_url: options.page === false ? null : 'https://verify.attesta.example/',
    publisher_url: options.publisher === false ? null : 'https://verifierplus.example',
    paper: 'letter',
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
  const changed = () => changeListeners.forEach((listener) => listener());

  const bundles = fakeBundles({ details: () => details, refuse, example: !options.empty });
  const shares = fakeShares({
    details: () => details,
    bundle: bundles.find,
    settings: () => settings,
    stepMilliseconds,
    refuse,
    example: !options.empty,
  });

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
      bundles: bundles.holding(id),
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
    ...bundles.handlers,
    ...shares.handlers,
    open_share: ({ text, passphrase }) => {
      if (text.includes('damaged')) refuse('share_link_damaged');
      if (text.includes('sealed') && passphrase === null) refuse('passphrase_needed');
      if (text.includes('sealed') && passphrase !== 'lake-cedar-amber') refuse('passphrase_wrong');
      return fakePresentation(fakeDetails().slice(0, 3), 'For Bluewater Health', null);
    },
    settings: () => settings,
    change_settings: ({ language, theme, verifier_url, publisher_url, paper, emails, registries, known_issuers }) => {
      if ([verifier_url, publisher_url].some((url) => url && !url.startsWith('https://'))) refuse('verifier_url_not_https');
      if (registries?.some(({ chosen, url }) => chosen && !url.startsWith('https://'))) refuse('address_not_allowed');
      const offered = settings.registries.filter(({ offered }) => offered);
      const chosen = registries?.filter(({ chosen }) => chosen) ?? [];
      const left = offered.filter(({ url }) => !chosen.some((each) => each.url === url));
      settings = {
        ...settings,
        ...(language === null ? {} : { language: language === 'en' || language === 'fr' ? language : null }),
        ...(theme === null ? {} : { theme: theme || null }),
        ...(verifier_url === null ? {} : { verifier_url: verifier_url || settings.default_verifier_url }),
        ...(publisher_url === null ? {} : { publisher_url: publisher_url || null }),
        ...(paper === null ? {} : { paper }),
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
    hold_window: () => ({}),
    close_window: () => ({}),
    demo_links: () =>
      ['json', 'png', 'page', 'negotiated'].map((kind) => ({ kind, url: `http://localhost:47811/claim/${kind}/1`, code: null })),
  };

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
    // A browser's tab asks by itself.
    onCloseAsked: () => Promise.resolve(() => undefined),
  };
}
