import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VERSION } from '../src/core/version.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

test('the version in the code is that of the package', () => {
  expect(VERSION).toBe(manifest.version);
});

test('every export of the package exists, with its types', () => {
  const families = readdirSync(`${root}/src/families`);
  const paths = Object.values<string>(manifest.exports).flatMap((path) =>
    path.includes('*') ? families.map((family) => path.replace('*', family)) : [path],
  );
  for (const path of paths) {
    expect(existsSync(`${root}/${path}`), path).toBe(true);
    if (path.endsWith('.js'))
      expect(existsSync(`${root}/${path.replace(/js$/, 'd.ts')}`)).toBe(true);
  }
});

test('no dependency has an install script', () => {
  const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8'));
  const direct = Object.keys(manifest.dependencies);
  const scripted = direct.filter((name) => lock.packages[`node_modules/${name}`]?.hasInstallScript);
  expect(scripted).toEqual([]);
});

test('every page of docs links to files that exist', () => {
  const pages = ['README.md', ...walk('docs').filter((file) => file.endsWith('.md'))];
  const broken: string[] = [];
  for (const page of pages) {
    const text = readFileSync(`${root}/${page}`, 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      if (!existsSync(new URL(target, `file://${root}/${page}`))) broken.push(`${page}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test('every path of the repository that a page names is there', () => {
  const pages = ['README.md', ...walk('docs').filter((file) => file.endsWith('.md'))];
  const gone = pages.flatMap((page) => {
    const text = readFileSync(`${root}/${page}`, 'utf8');
    const paths = text.matchAll(/`((?:src|bench|scripts|data|schemas|examples)\/[a-z0-9./-]+)`/g);
    return Array.from(paths, ([, path = '']) => path)
      .filter((path) => !existsSync(`${root}/${path}`))
      .map((path) => `${page}: ${path}`);
  });
  expect(gone).toEqual([]);
});

function walk(folder: string): string[] {
  return readdirSync(`${root}/${folder}`, { recursive: true }).map(
    (file) => `${folder}/${String(file)}`,
  );
}
