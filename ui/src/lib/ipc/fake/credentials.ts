import type { CredentialDetailView, CredentialListView, CredentialView, NestedView, TextView } from '../generated';
import { withMail } from './mail';
import { FAKE_BADGE } from './picture';
import { report, type Findings } from './reports';

const en = (text: string): TextView => ({ text, language: 'en', direction: null });
const fr = (text: string): TextView => ({ text, language: 'fr', direction: null });

/** When the fake wallet last asked; fixed, so that tests and pictures do not change. */
export const CHECKED_AT = '2026-11-21T14:05:00Z';

type Part = Omit<Sketch, 'checkedAt'> & { readonly role: string; readonly path: string; readonly comment?: string };

interface Sketch {
  readonly id: string;
  readonly verdict: string;
  readonly issuer: TextView;
  readonly credential: Partial<CredentialView> & { readonly title: TextView };
  readonly findings: Findings;
  readonly checkedAt?: string;
  readonly nested?: readonly Part[];
}

const SKETCHES: readonly Sketch[] = [
  {
    id: 'wound-care',
    verdict: 'valid',
    issuer: en('Lakehead Valley College of Applied Arts and Technology'),
    credential: {
      title: en('Caring for Wound Infections'),
      description: en(
        'Assess, clean and dress infected wounds under supervision, and tell a colleague what was seen and done.',
      ),
      achievement_type: 'MicroCredential',
      image: FAKE_BADGE,
      criteria: en(
        'You can:\n\n- recognise early signs of infection;\n- choose a **fitting dressing**;\n- document care in the chart.\n\nShown in three observed scenarios with a clinical instructor.',
      ),
      criteria_url: 'https://lakeheadvalley.example/micro/wound-care',
      skills: [
        { name: en('Wound assessment'), code: 'S3.2.1', framework: 'ESCO', url: null },
        { name: en('Infection control'), code: null, framework: null, url: null },
        { name: en('Charting'), code: null, framework: null, url: null },
      ],
      assessments: [
        {
          name: en('Direct observation, three scenarios'),
          kind: 'Percent',
          reached: '92 %',
          required: '80 %',
          minimum: '0',
          maximum: '100',
          status: 'Completed',
        },
      ],
      credits: '1.5 credits (21 hours)',
      field_of_study: 'Personal support',
      in_language: 'en-CA',
      related: ['Personal Support Worker certificate'],
      endorsers: ['Bluewater Health'],
      evidence: [
        {
          name: en('Logbook, weeks 3 to 6'),
          description: en('Signed by the supervising nurse.'),
          narrative: null,
          url: 'https://lakeheadvalley.example/evidence/7781',
        },
      ],
      awarded: '2026-03-12T00:00:00Z',
      valid_from: '2026-03-12T00:00:00Z',
      valid_until: '2029-03-11T00:00:00Z',
    },
    findings: {
      host: 'lakeheadvalley.example',
      validity: { outcome: 'pass', code: 'within_validity', params: { until: '2029-03-11T00:00:00Z' } },
      endorsements: { outcome: 'inconclusive', code: 'endorsements_do_not_hold', params: { count: '1', of: '3' } },
      recognition: {
        outcome: 'pass',
        code: 'issuer_listed_under_other_name',
        params: {
          registry: 'Registry of Maritime Colleges',
          name: 'Lakehead Valley College',
          own_name: 'Lakehead Valley College of Applied Arts and Technology',
          as_of: CHECKED_AT,
        },
      },
      schema: { outcome: 'skipped', code: 'skipped.schemas_not_asked' },
    },
    nested: [
      {
        id: 'e-bluewater',
        path: '/credentialSubject/achievement/endorsement/0',
        role: 'endorses_achievement',
        comment: 'We ask for this certificate wherever residents have **chronic wounds**. Its holders need no second course.',
        verdict: 'valid',
        issuer: en('Bluewater Health'),
        credential: { title: en('Endorsement'), valid_from: '2026-01-10T00:00:00Z', earner: null },
        findings: { host: 'bluewaterhealth.example' },
      },
      {
        id: 'e-council',
        path: '/issuer/endorsement/0',
        role: 'endorses_issuer',
        comment: 'Accredited for programmes of personal support.',
        verdict: 'valid',
        issuer: en('Ontario Council for Quality in Training'),
        credential: { title: en('Accreditation'), valid_until: '2028-12-31T00:00:00Z', earner: null },
        findings: { host: 'ocqt.example', suite: 'ES256 (vc+jwt)' },
      },
      {
        id: 'e-elsewhere',
        path: '/endorsement/0',
        role: 'endorses_something_else',
        comment: 'An excellent school.',
        verdict: 'unverifiable',
        issuer: en('Friends of Lakehead'),
        credential: { title: en('Endorsement'), earner: null },
        findings: {
          host: 'friends.example',
          proof: { outcome: 'inconclusive', code: 'key_unreachable', params: { host: 'friends.example', failure: 'timed_out' } },
          issuer: { outcome: 'skipped', code: 'skipped.proof_not_established' },
          status: { outcome: 'skipped', code: 'skipped.proof_not_established' },
        },
      },
    ],
  },
  {
    id: 'menus-sante',
    verdict: 'valid',
    issuer: fr('Collège Beauséjour'),
    credential: {
      title: fr('Préparer des menus santé'),
      description: fr('Composer des menus équilibrés qui tiennent compte des allergies et du budget.'),
      criteria: fr('Présenter **trois menus** d’une semaine devant jury.'),
      skills: [
        { name: fr('Nutrition'), code: null, framework: null, url: null },
        { name: fr('Allergènes'), code: null, framework: null, url: null },
      ],
      credits: '2 crédits',
      in_language: 'fr-CA',
      awarded: '2026-02-04T00:00:00Z',
      valid_from: '2026-02-04T00:00:00Z',
    },
    findings: { host: 'collegebeausejour.example' },
  },
  {
    id: 'ppe',
    verdict: 'status_unknown',
    issuer: en('Oshawa Polytechnic University'),
    credential: {
      title: en('Donning and Doffing PPE'),
      description: en('Put on and take off protective equipment without contaminating yourself or others.'),
      skills: [{ name: en('Personal protective equipment'), code: null, framework: null, url: null }],
      awarded: '2026-01-09T00:00:00Z',
      valid_from: '2026-01-09T00:00:00Z',
      valid_until: '2027-01-08T00:00:00Z',
    },
    findings: {
      host: 'oshawapoly.example',
      validity: { outcome: 'pass', code: 'within_validity', params: { until: '2027-01-08T00:00:00Z' } },
      status: {
        outcome: 'inconclusive',
        code: 'status_last_known',
        params: { purpose: 'revocation', host: 'oshawapoly.example', failure: 'timed_out', as_of: '2026-11-03T09:00:00Z' },
      },
    },
  },
  {
    id: 'cpr',
    verdict: 'expired',
    issuer: en('Prairie Safety Council'),
    credential: {
      title: en('CPR Level C'),
      description: en('Cardiopulmonary resuscitation for adults, children and infants, and the use of a defibrillator.'),
      skills: [{ name: en('Basic life support'), code: null, framework: null, url: null }],
      awarded: '2023-05-31T00:00:00Z',
      valid_from: '2023-05-31T00:00:00Z',
      valid_until: '2026-05-31T00:00:00Z',
    },
    findings: {
      host: 'prairiesafety.example',
      validity: { outcome: 'fail', code: 'expired', params: { until: '2026-05-31T00:00:00Z' } },
    },
  },
  {
    id: 'storytelling',
    verdict: 'valid',
    issuer: en('Saskatoon Institute of Technology'),
    credential: {
      title: en('Data Storytelling'),
      description: en('Find the story in a table of figures and tell it with one honest chart.'),
      skills: [
        { name: en('Data visualisation'), code: null, framework: null, url: null },
        { name: en('Narrative'), code: null, framework: null, url: null },
        { name: en('Spreadsheets'), code: null, framework: null, url: null },
        { name: en('Ethics of data'), code: null, framework: null, url: null },
      ],
      awarded: '2025-11-20T00:00:00Z',
      valid_from: '2025-11-20T00:00:00Z',
    },
    findings: {
      host: 'saskatooninstitute.example',
      status: { outcome: 'absent', code: 'absent.status' },
      recipient: { outcome: 'skipped', code: 'skipped.no_identities_known' },
    },
  },
  {
    id: 'forklift',
    verdict: 'revoked',
    issuer: en('Northern Logistics Inc.'),
    credential: {
      title: en('Forklift Operator Safety'),
      skills: [{ name: en('Workplace safety'), code: null, framework: null, url: null }],
      awarded: '2025-10-02T00:00:00Z',
      valid_from: '2025-10-02T00:00:00Z',
    },
    findings: {
      host: 'northernlogistics.example',
      status: {
        outcome: 'fail',
        code: 'revoked',
        params: { purpose: 'revocation', host: 'northernlogistics.example', as_of: CHECKED_AT },
      },
    },
  },
  {
    id: 'service-client',
    verdict: 'unverifiable',
    issuer: fr('Centre de formation du Saguenay–Lac-Saint-Jean'),
    credential: {
      title: fr('Service à la clientèle en milieu touristique'),
      description: fr('Accueillir, renseigner et accompagner une clientèle internationale.'),
      skills: [{ name: fr('Accueil'), code: null, framework: null, url: null }],
      awarded: '2026-06-15T00:00:00Z',
      valid_from: '2026-06-15T00:00:00Z',
    },
    findings: {
      host: 'formation-saguenay.example',
      proof: {
        outcome: 'inconclusive',
        code: 'key_unreachable',
        params: { host: 'formation-saguenay.example', failure: 'status', status: '503' },
      },
      issuer: { outcome: 'skipped', code: 'skipped.proof_not_established' },
      status: { outcome: 'skipped', code: 'skipped.proof_not_established' },
    },
  },
  {
    id: 'welding',
    verdict: 'invalid',
    issuer: en('Cape Breton Trades Centre'),
    credential: {
      title: en('MIG Welding, Advanced'),
      description: en('Weld steel plate in all positions to the standard of the trade.'),
      awarded: '2026-08-30T00:00:00Z',
      valid_from: '2026-08-30T00:00:00Z',
    },
    findings: {
      host: 'cbtrades.example',
      proof: { outcome: 'fail', code: 'signature_mismatch', params: { method: 'did:web:cbtrades.example#key-1' } },
      issuer: { outcome: 'skipped', code: 'skipped.proof_failed' },
      status: { outcome: 'skipped', code: 'skipped.proof_failed' },
      recipient: { outcome: 'skipped', code: 'skipped.proof_failed' },
    },
  },
  {
    id: 'secourisme',
    verdict: 'suspended',
    issuer: fr('Secouristes de l’Acadie'),
    credential: {
      title: fr('Secourisme général'),
      skills: [{ name: fr('Premiers soins'), code: null, framework: null, url: null }],
      awarded: '2026-04-22T00:00:00Z',
      valid_from: '2026-04-22T00:00:00Z',
      valid_until: '2028-04-21T00:00:00Z',
    },
    findings: {
      host: 'secouristes-acadie.example',
      validity: { outcome: 'pass', code: 'within_validity', params: { until: '2028-04-21T00:00:00Z' } },
      status: {
        outcome: 'fail',
        code: 'suspended',
        params: { purpose: 'suspension', host: 'secouristes-acadie.example', as_of: CHECKED_AT },
      },
    },
  },
  {
    id: 'apprentice',
    verdict: 'not_yet_valid',
    issuer: en('Yukon Apprenticeship Board'),
    credential: {
      title: en('Apprentice Electrician, Block 2'),
      skills: [{ name: en('Electrical code'), code: null, framework: null, url: null }],
      valid_from: '2027-09-01T00:00:00Z',
      valid_until: '2029-08-31T00:00:00Z',
    },
    findings: {
      host: 'yukonapprentice.example',
      validity: { outcome: 'fail', code: 'not_yet_valid', params: { from: '2027-09-01T00:00:00Z' } },
      recipient: { outcome: 'fail', code: 'recipient_not_matched' },
    },
  },
  {
    id: 'record',
    verdict: 'valid',
    issuer: en('Lakehead Valley College of Applied Arts and Technology'),
    credential: {
      title: en('Learner record, Personal Support Worker'),
      description: en('What Amélie Tremblay has completed at the college up to 30 June 2026.'),
      valid_from: '2026-06-30T00:00:00Z',
      awarded: '2026-06-30T00:00:00Z',
      associations: [
        { kind: 'isParentOf', source: 'Personal Support Worker certificate', target: 'Caring for Wound Infections' },
        { kind: 'isParentOf', source: 'Personal Support Worker certificate', target: 'Safe Transfers and Lifts' },
        { kind: 'precedes', source: 'Caring for Wound Infections', target: 'Safe Transfers and Lifts' },
      ],
    },
    findings: {
      host: 'lakeheadvalley.example',
      enclosed: { outcome: 'inconclusive', code: 'enclosed_do_not_hold', params: { count: '1', of: '3' } },
      refresh: { outcome: 'skipped', code: 'skipped.refresh_not_asked' },
      statuses: {
        message: {
          outcome: 'pass',
          code: 'status_notice',
          params: {
            purpose: 'message',
            value: '0x2',
            message: 'under review until spring',
            host: 'lakeheadvalley.example',
            as_of: CHECKED_AT,
          },
        },
      },
      recognition: { outcome: 'inconclusive', code: 'issuer_not_listed', params: { count: '3', unchecked: '0' } },
    },
    nested: [
      {
        id: 'r-certificate',
        path: '/credentialSubject/verifiableCredential/0',
        role: 'enclosed',
        verdict: 'valid',
        issuer: en('Lakehead Valley College of Applied Arts and Technology'),
        credential: {
          title: en('Personal Support Worker certificate'),
          achievement_type: 'Certificate',
          description: en('Care for people at home and in long-term care.'),
          valid_from: '2026-06-30T00:00:00Z',
          credits: '42 credits',
        },
        findings: { host: 'lakeheadvalley.example' },
        nested: [
          {
            id: 'r-certificate-e',
            path: '/endorsementJwt/0',
            role: 'endorses_credential',
            comment: 'Recognised for employment in our homes.',
            verdict: 'valid',
            issuer: en('Bluewater Health'),
            credential: { title: en('Endorsement'), earner: null },
            findings: { host: 'bluewaterhealth.example', suite: 'ES256 (vc+jwt)' },
          },
        ],
      },
      {
        id: 'r-wounds',
        path: '/credentialSubject/verifiableCredential/1',
        role: 'enclosed',
        verdict: 'valid',
        issuer: en('Lakehead Valley College of Applied Arts and Technology'),
        credential: {
          title: en('Caring for Wound Infections'),
          valid_until: '2029-03-11T00:00:00Z',
          skills: [{ name: en('Wound assessment'), code: 'S3.2.1', framework: 'ESCO', url: null }],
        },
        findings: { host: 'lakeheadvalley.example', suite: 'RS256 (JWT)' },
      },
      {
        id: 'r-lifts',
        path: '/credentialSubject/verifiableCredential/2',
        role: 'enclosed',
        verdict: 'revoked',
        issuer: en('Safe Lifting Association'),
        credential: { title: en('Safe Transfers and Lifts'), valid_from: '2025-11-02T00:00:00Z' },
        findings: {
          host: 'safelifting.example',
          status: {
            outcome: 'fail',
            code: 'revoked',
            params: { purpose: 'revocation', host: 'safelifting.example', as_of: CHECKED_AT },
          },
        },
      },
    ],
  },
  {
    id: 'language-card',
    verdict: 'valid',
    issuer: fr('Office de certification linguistique'),
    credential: {
      title: fr('Carte de compétence linguistique'),
      data_model: 'sd_jwt_vc',
      securing: ['sd-jwt ES256'],
      claims: [
        { path: 'given_name', value: 'Amélie' },
        { path: 'family_name', value: 'Tremblay' },
        { path: 'level / listening', value: 'C1' },
        { path: 'level / speaking', value: 'B2' },
      ],
      selection: { shown: ['given_name', 'family_name', 'level'], at_most: 6 },
      valid_from: '2026-05-05T00:00:00Z',
    },
    findings: {
      host: 'certification-linguistique.example',
      suite: 'ES256 (SD-JWT)',
      recognition: { outcome: 'pass', code: 'issuer_in_address_book', params: { name: 'L’Office (test de français)' } },
    },
  },
  {
    id: 'first-aid-2019',
    verdict: 'valid',
    issuer: en('Prairie Safety Council'),
    credential: {
      title: en('Emergency First Aid'),
      description: en('Two days, with practice on a manikin.'),
      criteria: en('Pass the written test and the practical scenario.'),
      data_model: 'ob_2.0',
      securing: ['hosted'],
      narrative: en('Led the scenario with a calm head.'),
      awarded: '2019-04-12T00:00:00Z',
      valid_from: '2019-04-12T00:00:00Z',
    },
    findings: {
      host: 'prairiesafety.example',
      proof: { outcome: 'pass', code: 'hosted_copy_agrees', params: { host: 'prairiesafety.example', as_of: CHECKED_AT } },
      issuer: { outcome: 'pass', code: 'hosted_by_issuer', params: { host: 'prairiesafety.example', as_of: CHECKED_AT } },
      status: {
        outcome: 'pass',
        code: 'not_listed_as_revoked',
        params: { host: 'prairiesafety.example', as_of: CHECKED_AT },
      },
    },
  },
];

function credentialOf({ id, issuer, credential, findings }: Omit<Sketch, 'verdict'>): CredentialView {
  return {
    digest: 'b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78',
    id: `urn:uuid:7c0f2a8e-0000-4000-8000-${id.length.toString().padStart(12, '0')}`,
    description: null,
    issuer: { id: `did:web:${findings.host}`, name: issuer, url: `https://${findings.host}`, host: findings.host },
    earner: 'Amélie Tremblay',
    subject: 'did:key:z6MkfFakeLearnerKeyForDesignWorkOnly1111111111',
    achievement_type: null,
    criteria: null,
    criteria_url: null,
    narrative: null,
    skills: [],
    tags: [],
    assessments: [],
    evidence: [],
    endorsers: [],
    related: [],
    credits: null,
    field_of_study: null,
    in_language: null,
    claims: [],
    selection: null,
    associations: [],
    awarded: null,
    valid_from: null,
    valid_until: null,
    image: null,
    container: 'json',
    data_model: 'vcdm_2.0+ob_3.0',
    securing: ['eddsa-rdfc-2022'],
    ...credential,
  };
}

function nestedOf(part: Part): NestedView {
  return {
    path: part.path,
    role: part.role,
    credential: credentialOf(part),
    comment: part.comment ?? null,
    report: report(part.verdict, CHECKED_AT, part.findings),
    nested: (part.nested ?? []).map(nestedOf),
  };
}

function detailOf(sketch: Sketch): CredentialDetailView {
  const { id, verdict, findings, checkedAt = CHECKED_AT } = sketch;
  return {
    id,
    received_at: `2026-10-${String(10 + SKETCHES.indexOf(sketch)).padStart(2, '0')}T10:00:00Z`,
    origin: 'link',
    origin_name: findings.host,
    origin_within: [],
    letter: null,
    links: [],
    credential: credentialOf(sketch),
    report: report(verdict, checkedAt, findings),
    nested: (sketch.nested ?? []).map(nestedOf),
    history: [
      { checked_at: '2026-11-03T09:00:00Z', verdict: verdict === 'status_unknown' ? 'valid' : verdict },
      { checked_at: '2026-10-12T16:30:00Z', verdict: verdict === 'revoked' ? 'valid' : verdict },
    ],
    bundles: [],
  };
}

/** The credentials of the fake wallet, each as it was just read. */
export const fakeDetails = (): CredentialDetailView[] => SKETCHES.map((sketch) => withMail(detailOf(sketch)));

/** The light row of a credential. */
export function listView({ id, received_at, credential, report }: CredentialDetailView): CredentialListView {
  return {
    id,
    title: credential.title,
    issuer: credential.issuer.name ?? en(credential.issuer.host ?? credential.issuer.id),
    skills: credential.skills.slice(0, 4).map(({ name }) => name.text),
    image: credential.image,
    verdict: report.verdict,
    valid_until: credential.valid_until,
    valid_from: credential.valid_from,
    awarded: credential.awarded,
    checked_at: report.checked_at,
    received_at,
  };
}
