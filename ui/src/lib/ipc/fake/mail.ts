import type { CredentialDetailView } from '../generated';

/** One of them came with a mail and has a page kept beside it. */
export function withMail(detail: CredentialDetailView): CredentialDetailView {
  if (detail.id !== 'menus-sante') return detail;
  return {
    ...detail,
    origin: 'file',
    origin_name: 'courriel.eml',
    origin_within: ['courriel.eml', 'attestation.png'],
    letter: {
      from: 'Collège de la Baie <insignes@colbaie.example>',
      subject: 'Votre microattestation est prête',
      to: ['amelie.tremblay@gmail.example'],
      date: '2026-10-11T13:20:00Z',
    },
    links: [
      {
        url: 'https://learner.mycreds.example/sharelink/5d1f/9a20',
        platform: 'MyCreds',
        added_at: '2026-10-12T09:00:00Z',
      },
    ],
  };
}
