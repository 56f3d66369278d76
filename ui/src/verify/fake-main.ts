import { mount } from 'svelte';
import '../styles/base.css';
import { fakePresentation } from '$lib/ipc/fake';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import type { PresentationView, PresentedCredentialView } from '$lib/ipc/generated';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';
import VerifyPage from './VerifyPage.svelte';
import type { Need, OpenSession } from './checker';

// ?lang=fr&theme=dark&case=good|mixed|all|altered|ended|single|damaged#1u…
const query = new URLSearchParams(location.search);
words.language = languageOf([query.get('lang') ?? 'en']);
useTheme(query.get('theme'));

const unreadable: PresentedCredentialView = {
  credential: null,
  report: null,
  nested: [],
  error: 'not_a_credential',
  error_params: {},
  verdict: 'rejected',
};

function presentation(): PresentationView {
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
  switch (query.get('case')) {
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
    case 'single':
      return { ...fakePresentation(details.slice(3, 4), '', null), holder: null, title: null, created: null };
    default:
      return mixed;
  }
}

const load = (): Promise<OpenSession> =>
  Promise.resolve(() => ({
    turn: (_now, answers) => {
      if (query.get('case') === 'damaged') return { error: { code: 'share_link_damaged', params: {} } };
      if (answers.length > 0) return { done: presentation() };
      return {
        need: ['lakeheadvalley.example', 'oshawapoly.example', 'collegebeausejour.example'].map((host) => ({
          url: `https://${host}/.well-known/did.json`,
          kind: 'controlled_identifier_document' as const,
        })),
      };
    },
    end: () => undefined,
  }));

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
