import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { guarded } from './errors.ts';

const MAGIC = /[*?[{]/;

/** Whether a path is a pattern rather than the name of something that is there. */
export function isPattern(path: string): boolean {
  return MAGIC.test(path) && !existsSync(path);
}

/**
 * The files whose paths fit a pattern, in no order: `*` and `?` within a name, `[a-z]` and `[!a-z]`, `{a,b}`, and `**`
 * for folders in folders. Hidden names fit only where the pattern names the dot.
 */
export async function matching(pattern: string): Promise<string[]> {
  return guarded(pattern, async () => {
    const found = new Set<string>();
    for (const one of alternatives(pattern.replaceAll(slash, '/'))) {
      const [start, rest] = one.startsWith('/') ? ['/', one.slice(1)] : ['', one];
      await collect(
        start,
        rest.split('/').filter((name) => name !== ''),
        found,
      );
    }
    return [...found];
  });
}

/** Windows writes paths with the other slash, which elsewhere is part of a name. */
const slash = process.platform === 'win32' ? '\\' : '/';

/** `a{b,c}d` as `abd` and `acd`. */
function alternatives(pattern: string): string[] {
  const found = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
  if (!found) return [pattern];
  const before = pattern.slice(0, found.index);
  const after = pattern.slice(found.index + found[0].length);
  return found[1].split(',').flatMap((word) => alternatives(before + word + after));
}

async function collect(
  folder: string,
  [name, ...rest]: readonly string[],
  found: Set<string>,
): Promise<void> {
  if (name === undefined) return;
  if (!MAGIC.test(name)) return keep(folder + name, rest, found);
  const entries = await readdir(folder || '.', { withFileTypes: true }).catch(() => []);
  if (name === '**') {
    await collect(folder, rest.length > 0 ? rest : ['*'], found);
    for (const entry of entries) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) {
        await collect(`${folder}${entry.name}/`, [name, ...rest], found);
      }
    }
    return;
  }
  const fits = nameTest(name);
  for (const entry of entries) if (fits(entry.name)) await keep(folder + entry.name, rest, found);
}

async function keep(path: string, rest: readonly string[], found: Set<string>): Promise<void> {
  if (rest.length > 0) return collect(`${path}/`, rest, found);
  const status = await stat(path).catch(() => undefined);
  if (status && !status.isDirectory()) found.add(path);
}

function nameTest(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/\[([!^]?)([^\]]+)\]|[*?]|[\\^$.|+()[\]{}]/g, (part, not, set) => {
    if (set) return `[${not ? '^' : ''}${String(set).replace(/[\\\]^]/g, '\\$&')}]`;
    if (part === '*') return '.*';
    return part === '?' ? '.' : `\\${part}`;
  });
  const expression = new RegExp(`^${source}$`, 's');
  return (name) => expression.test(name) && (!name.startsWith('.') || pattern.startsWith('.'));
}
