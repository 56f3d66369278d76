import { mount } from 'svelte';
import '../styles/base.css';
import './page.css';
import { fakePresentation } from '$lib/ipc/fake';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import type { PresentationView, PresentedCredentialView } from '$lib/ipc/generated';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';
import VerifyPage from './VerifyPage.svelte';
import type { Checker, Found, Need } from './checker';

// ?lang=fr&theme=dark&case=good|mixed|all|altered|ended|single|curated|several|sealed|damaged#1u…
const query = new URLSearchParams(location.search);
words.language = languageOf([query.get('lang') ?? 'en']);
useTheme(query.get('theme'));

const unreadable: PresentedCredentialView = {
  credential: null,
  report: null,
  note: null,
  nested: [],
  error: 'not_a_credential',
  error_params: {},
  verdict: 'rejected',
};

function mixedCase(which: string | null): PresentationView {
  const details = fakeDetails();
  const note = 'I have worked in long-term care for six years. These three show what I can take on from the first day.';
  const title = 'For Bluewater Health';
  const mixed = fakePresentation(details.slice(0, 3), title, note);
  const failing = (verdict: string, code: string) => ({
    ...mixed,
    verdict,
    report: {
      ...mixed.report,
      verdict,
      checks: mixed.report.checks.map((check) =>
        check.check === 'proof'
          ? { ...check, outcome: 'fail' as const, code, params: { expires: '2026-11-01T23:59:59Z' } }
          : check,
      ),
    },
  });
  switch (which) {
    case 'good':
      return fakePresentation(details.filter(({ report }) => report.verdict === 'valid'), title, note);
    case 'all': {
      const all = fakePresentation(details, title, note);
      return { ...all, credentials: [...all.credentials, unreadable] };
    }
    case 'altered':
      return failing('invalid', 'signature_mismatch');
    case 'ended':
      return failing('expired', 'proof_expired');
    case 'curated': {
      const all = fakePresentation(details.slice(0, 4), title, `${note}\n\n- **Wounds**: every week since 2021\n- Night shifts gladly`);
      const notes = ['This is the one you ask for in the posting.', null, 'I cook for thirty people every Sunday.', null];
      return {
        ...all,
        audience: 'Bluewater Health, hiring team',
        hidden_parts: ['criteria', 'evidence', 'skills'],
        valid_until: '2027-05-31T23:59:59Z',
        credentials: all.credentials.map((each, index) => ({ ...each, note: notes[index] ?? null })),
      };
    }
    case 'single':
      return { ...fakePresentation(details.slice(3, 4), '', null), holder: null, title: null, created: null };
    default:
      return mixed;
  }
}

const found = (): Found =>
  query.get('case') === 'several'
    ? {
        shown: [
          { names: ['for-bluewater.json'], presentation: mixedCase('mixed') },
          { names: ['welding.png', 'cooking.jwt'], presentation: mixedCase('single') },
        ],
        unread: [{ name: 'holiday.jpg', error: { code: 'no_code_in_picture', params: {} } }],
      }
    : { shown: [{ names: [], presentation: mixedCase(query.get('case')) }], unread: [] };

let sealed = query.get('case') === 'sealed';

const load = (): Promise<Checker> =>
  Promise.resolve({
    open: () =>
      Promise.resolve({
        turn: (_now, answers) => {
          if (query.get('case') === 'damaged') return Promise.resolve({ error: { code: 'share_link_damaged', params: {} } });
          if (sealed) return Promise.resolve({ error: { code: 'passphrase_needed', params: { name: '' } } });
          if (answers.length > 0) return Promise.resolve({ done: found() });
          return Promise.resolve({
            need: ['lakeheadvalley.example', 'oshawapoly.example', 'collegebeausejour.example'].map((host) => ({
              url: `https://${host}/.well-known/did.json`,
              kind: 'controlled_identifier_document' as const,
            })),
          });
        },
        unseal: async (passphrase) => {
          await new Promise((resolve) => setTimeout(resolve, 900));
          sealed = passphrase !== 'open sesame';
          return { unsealed: !sealed };
        },
        speak: () => Promise.resolve(),
        end: () => undefined,
      }),
    lookInto: () => Promise.resolve('not_a_link'),
    readCodes: () => Promise.resolve([]),
    sequence: () =>
      Promise.resolve({ receive: () => Promise.resolve({ part: false, received: 0, enough: 0, done: null }), end: () => undefined }),
  });

const target = document.querySelector('#page');
if (target) {
  mount(VerifyPage, {
    target,
    props: {
      outside: {
        load,
        answer: async ({ url }: Need) => {
          await new Promise((resolve) => setTimeout(resolve, query.has('slow') ? 60_000 : 80));
          return { url, ok: true, base64: '' };
        },
        now: () => new Date(),
      },
    },
  });
}
