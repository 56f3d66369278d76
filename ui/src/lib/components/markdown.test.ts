import { flushSync, mount, unmount } from 'svelte';
import { describe, expect, it } from 'vitest';
import Markdown from './Markdown.svelte';
import { hostOf, parseMarkdown, plainText } from './markdown';

function rendered(source: string): HTMLElement {
  const target = document.createElement('div');
  const component = mount(Markdown, { target, props: { source } });
  flushSync();
  const copy = target.cloneNode(true) as HTMLElement;
  void unmount(component);
  return copy;
}

describe('a narrative', () => {
  it('shows paragraphs, lists, emphasis and code', () => {
    const shown = rendered('You *can*:\n\n- read **charts**\n- write `R`\n\n1. first\n2. second\n\n> a quote');
    expect(shown.querySelectorAll('ul > li')).toHaveLength(2);
    expect(shown.querySelectorAll('ol > li')).toHaveLength(2);
    expect(shown.querySelector('em')?.textContent).toBe('can');
    expect(shown.querySelector('strong')?.textContent).toBe('charts');
    expect(shown.querySelector('code')?.textContent).toBe('R');
    expect(shown.querySelector('blockquote')?.textContent).toBe('a quote');
  });

  it('shows headings without disturbing the page’s own', () => {
    const shown = rendered('# Outcomes\ntext');
    expect(shown.querySelector('h1, h2, h3, h4, h5, h6')).toBeNull();
    expect(shown.textContent).toContain('Outcomes');
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['<img src=x onerror=alert(1)>'],
    ['<iframe src="https://evil.example"></iframe>'],
    ['<a href="javascript:alert(1)">x</a>'],
    ['**<svg onload=alert(1)>**'],
    ['`<b>`'],
    ['[<img src=x>](https://x.example)'],
  ])('never becomes HTML: %s', (source) => {
    const shown = rendered(source);
    expect(shown.querySelector('script, img, iframe, svg, a, b')).toBeNull();
    expect(shown.textContent).toContain('<');
  });

  it('fetches no picture: its description stands instead', () => {
    const shown = rendered('See ![a chart](https://tracker.example/p.png).');
    expect(shown.querySelector('img')).toBeNull();
    expect(shown.textContent).toBe('See a chart.');
    expect(shown.innerHTML).not.toContain('tracker.example');
  });

  it('shows a link as text with the host it leads to, and nothing to press', () => {
    const shown = rendered('[our college](https://evil.example/path)');
    expect(shown.querySelector('a')).toBeNull();
    expect(shown.textContent?.replace(/\s/g, ' ')).toContain('our college (evil.example)');
  });

  it('takes no script or data address for a web address', () => {
    expect(hostOf('javascript:alert(1)')).toBeNull();
    expect(hostOf('data:text/html,x')).toBeNull();
    expect(hostOf('https://')).toBeNull();
    expect(hostOf('https://a.example:8443/x')).toBe('a.example:8443');
    expect(rendered('[x](javascript:alert(1))').innerHTML).not.toContain('javascript');
  });

  it.each([
    ['*'.repeat(20_000)],
    ['['.repeat(20_000)],
    ['_a '.repeat(10_000)],
    [`${'- '.repeat(5_000)}x`],
    ['![('.repeat(8_000)],
    [`${'> '.repeat(5_000)}x`],
  ])('made to take long does not', (source) => {
    const begun = performance.now();
    parseMarkdown(source);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('the words alone', () => {
  it.each([
    ['I **did** this\n\n- one\n- *two*', 'I did this one two'],
    ['# Title\n[a](https://a.example) `b`', 'Title a b'],
    ['> quoted  \nover two lines\n\n---', 'quoted over two lines'],
    ['', ''],
  ])('of %j', (source, text) => {
    expect(plainText(source)).toBe(text);
  });
});
