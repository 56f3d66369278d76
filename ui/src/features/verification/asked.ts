import type { CredentialView, ReportView } from '$lib/ipc/generated';
import { hostOf } from '$lib/components/markdown';
import { say, sayList, sayMoment } from '$lib/words/words.svelte';

/** When it was checked, who was asked for it, and whether they answered. */
export function sayAsked({ checked_at, resources }: ReportView): string {
  const moment = sayMoment(checked_at);
  // Of a host that was asked for several things, each has to have answered.
  const hosts = new Map<string, boolean>();
  for (const { url, failure } of resources) {
    const host = hostOf(url) ?? url;
    hosts.set(host, (hosts.get(host) ?? true) && !failure);
  }
  if (hosts.size === 0) return say('shown.asked_nobody', { moment });
  const answers = [...hosts].map(([host, answered]) =>
    answered ? say('shown.host_answered', { host }) : say('shown.host_silent', { host }),
  );
  return say('shown.asked', { moment, answers: sayList(answers) });
}

/** What the sender left out of it, where the issuer's signature allows that; nothing where it does not. */
export function sayWithheld({ selection, securing }: CredentialView): string | null {
  if (selection) {
    const count = selection.at_most - selection.shown.length;
    return count > 0 ? say('shown.withheld', { count }) : say('shown.withheld_none');
  }
  return securing.includes('ecdsa-sd-2023') ? say('shown.withheld_unknown') : null;
}
