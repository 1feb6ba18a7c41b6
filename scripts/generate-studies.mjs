// Writes the list of studies, src/studies/generated/studies.ts, from the files of src/studies/.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

const folder = join(root, 'src', 'studies');
export const target = join(folder, 'generated', 'studies.ts');

/** The text of the list: the files of the folder but for the mechanism's own and the tests. */
export function studyList() {
  const ids = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -3))
    .filter((id) => id !== 'define' && id !== 'index')
    .toSorted();
  return `// Written by scripts/generate-studies.mjs from the files of this folder’s parent.
import type { Study } from '../define.ts';

export const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
${ids.map((id) => `  '${id}': () => import('../${id}.ts'),\n`).join('')}};
`;
}

function current() {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}

export function generateStudies() {
  const text = studyList();
  if (current() === text) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) generateStudies();
