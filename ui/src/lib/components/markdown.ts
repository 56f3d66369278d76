/**
 * A small part of CommonMark, read into plain data: what issuers use in narratives, and nothing that could run or fetch.
 * HTML stays the text it is, pictures become their description, and links show where they lead.
 */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'emphasis'; children: Inline[] }
  | { kind: 'link'; children: Inline[]; host: string | null }
  | { kind: 'break' };

export type Block =
  | { kind: 'paragraph' | 'heading' | 'quote'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' };

/** Nesting of emphasis and links beyond this is shown as text. */
const DEPTH_LIMIT = 6;

const HEADING = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/;
const BULLET = /^\s{0,3}[-*+]\s+(.*)$/;
const NUMBER = /^\s{0,3}\d{1,9}[.)]\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const FENCE = /^\s{0,3}(```|~~~)/;

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const take = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (let match; at < lines.length && (match = pattern.exec(lines[at] ?? '')); at++) taken.push(match[1] ?? '');
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at++;
    } else if (FENCE.test(line)) {
      const end = lines.findIndex((each, index) => index > at && FENCE.test(each));
      blocks.push({ kind: 'code', text: lines.slice(at + 1, end < 0 ? undefined : end).join('\n') });
      at = end < 0 ? lines.length : end + 1;
    } else if (RULE.test(line)) {
      blocks.push({ kind: 'rule' });
      at++;
    } else if (HEADING.test(line)) {
      blocks.push({ kind: 'heading', children: parseInline(HEADING.exec(line)?.[1] ?? '') });
      at++;
    } else if (BULLET.test(line)) {
      blocks.push({ kind: 'list', ordered: false, items: take(BULLET).map((item) => parseInline(item)) });
    } else if (NUMBER.test(line)) {
      blocks.push({ kind: 'list', ordered: true, items: take(NUMBER).map((item) => parseInline(item)) });
    } else if (QUOTE.test(line)) {
      blocks.push({ kind: 'quote', children: parseInline(take(QUOTE).join('\n')) });
    } else {
      const start = at++;
      while (at < lines.length && !beginsAnother(lines[at] ?? '')) at++;
      blocks.push({ kind: 'paragraph', children: parseInline(lines.slice(start, at).join('\n')) });
    }
  }
  return blocks;
}

function beginsAnother(line: string): boolean {
  return line.trim() === '' || [HEADING, BULLET, NUMBER, QUOTE, RULE, FENCE].some((pattern) => pattern.test(line));
}

// Each alternative is bounded and excludes its own ending, so that no text makes it backtrack for long.
const INLINE = new RegExp(
  [
    '\\\\([\\\\`*_{}\\[\\]()#+.!|>~-])', // 1 escaped character
    '`([^`\\n]{1,2000})`', // 2 code
    '!\\[([^\\]]{0,500})\\]\\([^)]{0,2000}\\)', // 3 picture
    '\\[([^\\]]{1,500})\\]\\(\\s*<?([^)\\s>]{1,2000})>?[^)]{0,200}\\)', // 4, 5 link
    '<(https?://[^>\\s]{1,2000})>', // 6 address in brackets
    '\\*\\*([^*]{1,2000})\\*\\*', // 7 strong
    '__([^_]{1,2000})__', // 8 strong
    '\\*([^*\\n]{1,2000})\\*', // 9 emphasis
    '(?<![\\p{L}\\p{N}])_([^_\\n]{1,2000})_(?![\\p{L}\\p{N}])', // 10 emphasis
    '( {2,}|\\\\)\\n', // 11 line break
  ].join('|'),
  'gu',
);

export function parseInline(source: string, depth = 0): Inline[] {
  if (depth > DEPTH_LIMIT) return [{ kind: 'text', text: source }];
  const parts: Inline[] = [];
  let from = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > from) parts.push({ kind: 'text', text: source.slice(from, match.index) });
    parts.push(inlineOf(match, depth));
    from = match.index + match[0].length;
  }
  if (from < source.length) parts.push({ kind: 'text', text: source.slice(from) });
  return parts;
}

function inlineOf(match: RegExpMatchArray, depth: number): Inline {
  const [, escaped, code, picture, linkText, linkTarget, address, strong, strong2, emphasis, emphasis2] = match;
  const within = (text: string) => parseInline(text, depth + 1);
  if (escaped !== undefined) return { kind: 'text', text: escaped };
  if (code !== undefined) return { kind: 'code', text: code };
  if (picture !== undefined) return { kind: 'text', text: picture };
  if (linkText !== undefined) return { kind: 'link', children: within(linkText), host: hostOf(linkTarget ?? '') };
  if (address !== undefined) return { kind: 'text', text: address };
  if ((strong ?? strong2) !== undefined) return { kind: 'strong', children: within(strong ?? strong2 ?? '') };
  if ((emphasis ?? emphasis2) !== undefined) {
    return { kind: 'emphasis', children: within(emphasis ?? emphasis2 ?? '') };
  }
  return { kind: 'break' };
}

/** The host of a web address; anything else, such as `javascript:`, has none. */
export function hostOf(target: string): string | null {
  if (!/^https?:\/\//i.test(target)) return null;
  try {
    return new URL(target).host;
  } catch {
    return null;
  }
}

/** The words alone, in one line: for where there is no room for more. */
export function plainText(source: string): string {
  const inline = (part: Inline): string => {
    if (part.kind === 'break') return ' ';
    return 'children' in part ? part.children.map(inline).join('') : part.text;
  };
  const block = (each: Block): string[] => {
    if (each.kind === 'list') return each.items.map((item) => item.map(inline).join(''));
    if (each.kind === 'code') return [each.text];
    return each.kind === 'rule' ? [] : [each.children.map(inline).join('')];
  };
  return parseMarkdown(source).flatMap(block).join(' ').replace(/\s+/g, ' ').trim();
}
