import { escaped } from '../../core/text.ts';

/** JSON that is safe inside a script element: no character there can end it or start a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const LONGEST_LABEL = 40;

/** A row's label as one visible line: control characters become pictures, long ones are cut. */
export function shownLabel(label: string): string {
  const characters = Array.from(label);
  const cut =
    characters.length > LONGEST_LABEL
      ? [...characters.slice(0, LONGEST_LABEL - 1), '…']
      : characters;
  const visible = cut.map((c) => {
    const code = c.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : c;
  });
  return visible.join('') || '␀';
}

/** The name of a file as one visible line: of a long path its end, which tells files apart. */
export function shownName(name: string): string {
  const characters = Array.from(name);
  return characters.length > LONGEST_LABEL
    ? shownLabel(`…${characters.slice(1 - LONGEST_LABEL).join('')}`)
    : shownLabel(name);
}

/** A label for HTML: escaped, and its writing direction kept to itself. */
export function labelHtml(label: string): string {
  return `<bdi>${escaped(shownLabel(label))}</bdi>`;
}
