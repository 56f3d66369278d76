import type { CheckView, LineView } from '$lib/ipc/generated';

/** The code whose sentence is said of a check: what an older copy, a reason or a message adds has one of its own. */
export function spokenCode({ code, params }: Pick<CheckView, 'code' | 'params'>): string {
  switch (code) {
    case 'status_unreachable':
      return params['last_known'] === 'clear' ? 'status_last_known' : code;
    case 'revoked':
      return params['reason'] === undefined ? code : 'revoked_because';
    case 'status_notice':
      if (params['message'] !== undefined) return 'status_message';
      return params['purpose'] === 'refresh' ? 'status_newer' : code;
    default:
      return code;
  }
}

/** The heading of a plain line. A badge that its issuer's site vouches for is signed by nobody. */
export function titleKey({ line, state, code }: LineView): string {
  return `line.title.${line}.${state === 'yes' && code === 'hosted_by_issuer' ? 'hosted' : state}`;
}
