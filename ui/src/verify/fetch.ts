import { toBase64 } from '$lib/base64';
import type { Answer, Need, ResourceKind } from './checker';

/** The largest answer that is read. */
const SIZE_LIMIT_BYTES = 8 * 1024 * 1024;
const TIME_LIMIT_MILLISECONDS = 10_000;

// Kept to the characters that a browser sends across origins without asking first.
const ACCEPT: Record<ResourceKind, string> = {
  controlled_identifier_document: 'application/did+json, application/did, application/json;q=0.9, */*;q=0.1',
  status_list_credential: 'application/vc, application/vc+ld+json, application/json;q=0.9, */*;q=0.1',
};

/** The body, or nothing once it is larger than the limit; what is beyond is not read. */
async function readWithin(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function failureOf(thrown: unknown): string {
  if (!navigator.onLine) return 'offline';
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') return 'timed_out';
  // A browser does not tell a refused answer from a host it cannot reach.
  return 'refused_by_browser';
}

/** Whether two addresses have the same scheme, host and port, but for a leading `www.`. */
function isSameSite(asked: string, answered: string): boolean {
  if (!URL.canParse(asked) || !URL.canParse(answered)) return false;
  const [one, other] = [new URL(asked), new URL(answered)];
  const hostsFit = one.host === other.host || one.host === `www.${other.host}` || other.host === `www.${one.host}`;
  return hostsFit && one.protocol === other.protocol;
}

/**
 * Whether an answer may come from where a redirect led. A key document proves something only by the host it stands at,
 * so an issuer's site that redirects anywhere would let anybody be that issuer; a status list is signed itself.
 */
const mayComeFrom = ({ url, kind }: Need, response: Response): boolean =>
  kind === 'status_list_credential' || !response.redirected || isSameSite(url, response.url);

/** Fetches one document without cookies or a referrer. A failure is an answer too. */
export async function answer(need: Need): Promise<Answer> {
  const { url, kind } = need;
  try {
    const response = await fetch(url, {
      headers: { accept: ACCEPT[kind] },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'follow',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIME_LIMIT_MILLISECONDS),
    });
    if (!response.ok) return { url, ok: false, failure: 'status', status: response.status };
    if (!mayComeFrom(need, response)) return { url, ok: false, failure: 'redirected_elsewhere' };
    const bytes = response.body ? await readWithin(response.body, SIZE_LIMIT_BYTES) : new Uint8Array();
    if (bytes === null) return { url, ok: false, failure: 'too_large' };
    const mediaType = response.headers.get('content-type') ?? undefined;
    return { url, ok: true, base64: toBase64(bytes), ...(mediaType === undefined ? {} : { mediaType }) };
  } catch (thrown) {
    return { url, ok: false, failure: failureOf(thrown) };
  }
}
