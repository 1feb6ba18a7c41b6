import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** A folder imports only from itself and from folders of a lower rank. */
const ranks: readonly (readonly string[])[] = [
  ['core'],
  ['io'],
  ['numerics'],
  ['engine'],
  ['manifolds'],
  ['structures'],
  ['method'],
  ['families'],
  ['catalog'],
  ['apps'],
  ['studies'],
  ['cli'],
];
const rank = new Map(ranks.flatMap((folders, i) => folders.map((folder) => [folder, i] as const)));

/** Imports that break the order, each with its reason. */
const exceptions: Readonly<Record<string, string>> = {};

const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !/\.(test|bench|as)\.ts$/.test(file))
  .filter((file) => file.includes('/') && !file.startsWith('testing/'));

test('every folder has its place in the order', () => {
  const folders = new Set(files.map((file) => file.split('/')[0]));
  expect([...folders].filter((folder) => !rank.has(folder ?? ''))).toEqual([]);
});

test('no folder imports from one above it', () => {
  const offences: string[] = [];
  for (const file of files) {
    const from = file.split('/')[0] ?? '';
    const text = readFileSync(join(src, file), 'utf8');
    for (const [, path] of text.matchAll(/\bfrom\s+'(\.[^']+)'/g)) {
      const target = relative(src, join(src, dirname(file), path ?? ''));
      const to = target.split('/')[0] ?? '';
      if (from === to || `${from} → ${to}` in exceptions) continue;
      if ((rank.get(to) ?? Infinity) >= (rank.get(from) ?? -1)) offences.push(`${file}: ${path}`);
    }
  }
  expect(offences).toEqual([]);
});

test('Node’s own modules are imported only by the Node sides and the command line', () => {
  const offences = files.filter((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    return (
      /from 'node:|import\('node:/.test(text) &&
      !/(^cli\/|files\.ts$|threads\.ts$|addon\.ts$)/.test(file)
    );
  });
  expect(offences).toEqual([]);
});
