import { describe, expect, it } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { Elsewhere } from './elsewhere.svelte';

describe('a credential taken elsewhere', () => {
  it('is prepared for LinkedIn with the page where it can be checked', async () => {
    const elsewhere = new Elsewhere(createFake(), 'wound-care');
    await elsewhere.prepareProfile();
    expect(elsewhere.profile?.url).toMatch(/^https:\/\/www\.linkedin\.com\/profile\/add\?/);
    expect(elsewhere.profile?.shown).toMatch(/^https:\/\/verifierplus\.example\//);
  });

  it('is saved as a picture and a calendar entry, and says where', async () => {
    const elsewhere = new Elsewhere(createFake(), 'wound-care');
    await elsewhere.saveBadge('svg');
    expect(elsewhere.savedTo).toBe('/home/amelie/Documents/wound-care.svg');
    await elsewhere.saveCalendar();
    expect(elsewhere.savedTo).toBe('/home/amelie/Documents/wound-care.ics');
  });

  it('says why it could not be saved, and forgets the place of the one before', async () => {
    const elsewhere = new Elsewhere(createFake(), 'ppe');
    await elsewhere.saveCalendar();
    await elsewhere.saveBadge('png');
    expect(elsewhere.error?.code).toBe('no_picture');
    expect(elsewhere.savedTo).toBeNull();
  });
});
