import type { ConcernView, ShareBundle, ShareForm, ShareView } from '../generated';
import { CHECKED_AT } from './credentials';
import { fakeQr } from './qr';
import type { Answers, SharingSurroundings } from './shelf';

type ShareCommand =
  | 'share_bundle'
  | 'list_shares'
  | 'share_sequence'
  | 'save_share'
  | 'stop_share'
  | 'mail_draft'
  | 'add_to_profile'
  | 'save_calendar'
  | 'save_badge';

const PAYLOAD = 'hZJdj9MwEEX_SuRXmqZ2nDRdXhCgFSutBGJ3eUBocJzx';
const SEALABLE: readonly ShareForm[] = ['link', 'qr', 'sequence', 'html'];
const WITH_LINK: readonly ShareForm[] = ['link', 'qr', 'hosted'];
const FOLDER = '/home/amelie/Documents';
const CODES = 12;

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What the fake wallet has shared. */
export function fakeShares({ bundle: find, settings, details, stepMilliseconds, refuse, example }: SharingSurroundings) {
  let shares: readonly ShareView[] = [];
  let count = 0;

  const findShare = (id: string) => shares.find((each) => each.id === id) ?? refuse('not_found', { id });

  function linkOf(form: ShareForm, size: number): string {
    if (form === 'hosted') return `${settings().publisher_url ?? 'https://verifierplus.example'}/credentials/0d5b6e1e-72f4-4f0c-9c1a-3f6f6f1c8a5${count}`;
    return `${settings().verifier_url ?? 'attesta:share'}#1u${PAYLOAD.repeat(size * 8)}`;
  }

  function shareOf({ bundle, form, expires, recipient, passphrase }: ShareBundle): ShareView {
    const { title, credentials, version } = find(bundle);
    const size = credentials.length;
    count += 1;
    const link = WITH_LINK.includes(form) ? linkOf(form, size) : null;
    const qrVersion = form === 'qr' ? 21 : form === 'hosted' ? 6 : null;
    return {
      id: `share-${count}`,
      bundle,
      version,
      title,
      recipient,
      count: size,
      form,
      sealed: passphrase !== null,
      bare: form === 'qr' && size === 1,
      created_at: CHECKED_AT,
      expires_at: expires === null ? null : `${expires}T23:59:59Z`,
      link,
      opens_in_browser: form === 'hosted' || settings().verifier_url !== null,
      long_link: (link?.length ?? 0) > 900,
      qr_svg: qrVersion === null ? null : fakeQr(qrVersion),
      qr_version: qrVersion,
      qr_dense: form === 'qr' && size > 2,
      stopping: form === 'hosted' ? 'possible' : 'impossible',
      stopped_at: null,
      concerns: [],
      files: [],
    };
  }

  const handlers: Answers<ShareCommand> = {
    share_bundle: async (request) => {
      const { form, passphrase, bundle } = request;
      if (form === 'qr' && find(bundle).credentials.length > 4) refuse('link_too_long_for_qr', { bytes: '4812' });
      if (form === 'hosted' && settings().publisher_url === null) refuse('publisher_not_set');
      if (passphrase !== null && !SEALABLE.includes(form)) refuse('passphrase_not_for_form');
      if (form === 'hosted') await wait(stepMilliseconds * 2);
      const share = shareOf(request);
      shares = [...shares, share];
      return share;
    },
    list_shares: () => [...shares],
    share_sequence: ({ id }) => {
      findShare(id);
      return { codes: Array.from({ length: CODES }, (_, place) => fakeQr(15, 20261121 + place * 977)), enough: 8, qr_version: 15, page: settings().verifier_url };
    },
    save_share: ({ id, file }) => ({ path: `${FOLDER}/${findShare(id).title}.${file === 'sheet' ? 'pdf' : file}` }),
    stop_share: async ({ id }) => {
      await wait(stepMilliseconds);
      const share = findShare(id);
      if (share.stopping === 'impossible') refuse('share_not_stoppable');
      const stopped: ShareView = { ...share, stopping: 'stopped', stopped_at: CHECKED_AT };
      shares = shares.map((each) => (each.id === id ? stopped : each));
      return stopped;
    },
    mail_draft: ({ id }) => {
      const { title, link } = findShare(id);
      return { url: `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(link ?? '')}` };
    },
    add_to_profile: ({ credential }) => {
      const detail = details().find(({ id }) => id === credential) ?? refuse('not_found', { id: credential });
      const shown = shares.find(({ form, stopping }) => form === 'hosted' && stopping === 'possible')?.link ?? null;
      const query = new URLSearchParams({ startTask: 'CERTIFICATION_NAME', name: detail.credential.title.text });
      return { url: `https://www.linkedin.com/profile/add?${query}`, shown };
    },
    save_calendar: ({ id }) => ({ path: `${FOLDER}/${id}.ics` }),
    save_badge: ({ credential, picture }) => {
      const detail = details().find(({ id }) => id === credential) ?? refuse('not_found', { id: credential });
      if (detail.credential.image === null) refuse('no_picture');
      return { path: `${FOLDER}/${credential}.${picture}` };
    },
  };

  if (example) {
    const give = (request: Partial<ShareBundle> & Pick<ShareBundle, 'bundle' | 'form'>, change: Partial<ShareView>): ShareView => ({
      ...shareOf({ expires: null, recipient: null, passphrase: null, language: null, ...request }),
      ...change,
    });
    const revoked: ConcernView = { credential: 'forklift', title: 'Forklift Operator Safety', code: 'revoked', params: {} };
    const gone: ConcernView = { credential: null, title: 'Emergency First Aid', code: 'removed', params: {} };
    shares = [
      give({ bundle: 'bundle-bluewater', form: 'link', expires: '2027-05-21', recipient: 'Bluewater Health' }, { created_at: '2026-11-20T10:12:00Z' }),
      give({ bundle: 'bundle-bluewater', form: 'hosted', expires: '2027-02-28', recipient: 'Ms. Okafor, Lakehead Home Care' }, { created_at: '2026-11-18T16:02:00Z' }),
      give({ bundle: 'bundle-bluewater', form: 'sequence', recipient: 'Career fair, Thunder Bay' }, { created_at: '2026-11-12T13:30:00Z' }),
      give({ bundle: 'bundle-bluewater', form: 'html', passphrase: 'lake-cedar-amber-canoe' }, { created_at: '2026-11-09T09:00:00Z', version: 1, count: 2 }),
      give(
        { bundle: 'bundle-cuisine', form: 'pdf', recipient: 'CHSLD Saint-Lambert' },
        { created_at: '2026-10-28T11:05:00Z', title: 'Cuisine et service', count: 3, concerns: [revoked, gone] },
      ),
      give({ bundle: 'bundle-cuisine', form: 'qr', expires: '2026-11-15' }, { created_at: '2026-10-21T15:40:00Z' }),
      give({ bundle: 'bundle-cuisine', form: 'json' }, { created_at: '2026-10-21T15:20:00Z' }),
      give(
        { bundle: 'bundle-cuisine', form: 'hosted', recipient: 'Traiteur Beauséjour' },
        { created_at: '2026-10-20T09:20:00Z', stopping: 'stopped', stopped_at: '2026-11-02T08:00:00Z' },
      ),
    ];
  }

  return { handlers };
}
