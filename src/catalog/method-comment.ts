/** What the doc comment of a method says, as raw text. */
export interface MethodComment {
  /** What it computes; formulas are lines indented by four spaces. */
  readonly description: string;
  /** When to use it, when not, what a value means. */
  readonly remarks: string;
  /** A module that runs, with what it prints in trailing comments. */
  readonly example: string;
}

/** The doc comment above `export const` of the method of that id in the source of its file. */
export function methodComment(source: string, id: string): MethodComment {
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const lines = source.split('\n');
  const end = lines.findIndex((line) => new RegExp(`^export const ${name}\\b`).test(line)) - 1;
  const start = lines.lastIndexOf('/**', end);
  if (end < 0 || start < 0 || lines.indexOf(' */', start) !== end) {
    throw new Error(`${id}: no doc comment right above its definition.`);
  }
  const sections = new Map<string, string[]>();
  let tag = 'description';
  for (const line of lines.slice(start + 1, end)) {
    const text = line.replace(/^ \* ?/, '');
    const [, next, rest] = /^@(\w+)\s*(.*)$/.exec(text) ?? [];
    tag = next ?? tag;
    sections.set(tag, [...(sections.get(tag) ?? []), rest ?? text]);
  }
  const of = (name: string) => (sections.get(name) ?? []).join('\n').trim();
  return { description: of('description'), remarks: of('remarks'), example: of('example') };
}

/** Markdown of a comment's text: indented lines become a fenced block, `*`, `_` and `<` are escaped. */
export function commentMarkdown(text: string): string {
  const out: string[] = [];
  let inFormula = false;
  for (const [i, line] of text.split('\n').entries()) {
    const isFormula: boolean = line.startsWith('    ') || (inFormula && goesOn(text, i));
    if (isFormula !== inFormula) out.push(isFormula ? '```text' : '```');
    inFormula = isFormula;
    out.push(isFormula ? line.slice(4) : escaped(line));
  }
  if (inFormula) out.push('```');
  return out.join('\n');
}

/** Whether line i is empty and the formula goes on below it. */
function goesOn(text: string, i: number): boolean {
  const [line, next = ''] = text.split('\n').slice(i, i + 2);
  return line === '' && next.startsWith('    ');
}

/** Code in backticks stays as it is. */
function escaped(line: string): string {
  return line.replace(/`[^`]*`|[*_<]/g, (found) => (found.length > 1 ? found : `\\${found}`));
}
