import { describe, expect, it } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { CredentialDetail } from './detail.svelte';

const PAGE = 'https://learner.mycreds.example/sharelink/1';

describe('the links kept with a credential', () => {
  it('are shown at once when one is kept, and when it is removed', async () => {
    const detail = new CredentialDetail(createFake(), 'wound-care');
    await detail.load();
    expect(await detail.keepLink(PAGE)).toBe(true);
    expect(detail.view?.links.map(({ url }) => url)).toEqual([PAGE]);
    expect(await detail.removeLink(PAGE)).toBe(true);
    expect(detail.view?.links).toEqual([]);
  });

  it('are left as they were when an address is refused, and the reason stands at its field', async () => {
    const detail = new CredentialDetail(createFake(), 'menus-sante');
    await detail.load();
    expect(await detail.keepLink('not an address')).toBe(false);
    expect(detail.linkError?.code).toBe('not_a_link');
    expect(detail.error).toBeNull();
    expect(detail.view?.links).toHaveLength(1);
  });
});
