import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { families } from '../src/catalog/generated/families.ts';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** The floors of the house, the lowest first: a folder imports only from itself and from those below it. */
const FLOORS = [
  'core',
  'view',
  'io',
  'numerics',
  'engine',
  'manifolds',
  'structures',
  'method',
  'learning',
  'families',
  'adapters',
  'catalog',
  'jobs',
  'apps',
  'studies',
  'cli',
];

const allFiles = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.as.ts') && file.includes('/'));
const isForTests = (file: string) =>
  /\.(test|case|bench)\.ts$/.test(file) || file.startsWith('testing/');
const files = allFiles.filter((file) => !isForTests(file));

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  return Array.from(text.matchAll(/\bfrom\s+'(\.[^']+)'/g), ([, path = '']) => ({
    from: file,
    to: relative(src, join(src, dirname(file), path)),
  }));
}

const all = new Map(allFiles.map((file) => [file, importsOf(file)]));
const inProduct = files.flatMap((file) => all.get(file) ?? []);
const inWords = ({ from, to }: Import) => `${from}: ${to}`;
const folderOf = (file: string) => file.split('/')[0] ?? '';
const familyOf = (file: string) => /^families\/([^/]+)\//.exec(file)?.[1];

test('every folder is a floor of the house', () => {
  const folders = new Set(files.map(folderOf));
  expect([...folders].toSorted()).toEqual(FLOORS.toSorted());
});

test('the picture in docs/architecture.md has the floors in this order', () => {
  const page = readFileSync(join(src, '../docs/architecture.md'), 'utf8');
  const [, picture = ''] = /```\n([\s\S]*?)```/.exec(page) ?? [];
  const drawn = Array.from(picture.matchAll(/^ [ │] ?(?: )?([a-z]+) {2,}\S/gm), ([, name]) => name);
  expect(drawn.toReversed()).toEqual(FLOORS);
});

test('no folder imports from one above it', () => {
  const rank = (file: string) => FLOORS.indexOf(folderOf(file));
  const offences = inProduct.filter(({ from, to }) => rank(to) < 0 || rank(to) > rank(from));
  expect(offences.map(inWords)).toEqual([]);
});

test('a support folder is imported by the folder that holds it alone, tests included', () => {
  const offences = [...all.values()].flat().filter(({ from, to }) => {
    const at = to.lastIndexOf('/support/');
    return at >= 0 && !from.startsWith(`${to.slice(0, at)}/`);
  });
  expect(offences.map(inWords)).toEqual([]);
});

test('a family is known outside by its index, its types and its description', () => {
  const offences = inProduct.filter(({ from, to }) => {
    const family = familyOf(to);
    const isPublic = /^families\/[^/]+\/(index|types|family)\.ts$/.test(to);
    return family !== undefined && family !== familyOf(from) && !isPublic;
  });
  expect(offences.map(inWords)).toEqual([]);
});

test('a family imports another only where it says so', () => {
  const uses = new Map(families.map(({ id, uses = [] }) => [id, uses]));
  const offences = inProduct.filter(({ from, to }) => {
    const [own, other] = [familyOf(from), familyOf(to)];
    return own && other && own !== other && !uses.get(own)?.includes(other);
  });
  expect(offences.map(inWords)).toEqual([]);
});

test('nothing imports in a circle, types included', () => {
  expect(
    circles(new Map(files.map((file) => [file, (all.get(file) ?? []).map(({ to }) => to)]))),
  ).toEqual([]);
});

test('Node’s own modules are imported only by the command line and by files with a browser side', () => {
  const offences = files.filter((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const hasBrowserSide = existsSync(join(src, file.replace(/\.ts$/, '.browser.ts')));
    const isNodeSide = /^(cli|io\/node)\//.test(file) || hasBrowserSide;
    return /from 'node:|import\('node:/.test(text) && !isNodeSide;
  });
  expect(offences).toEqual([]);
});

/** Sets of files each of which leads to every other (Tarjan). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (open.includes(next)) {
        lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(next) ?? 0));
      }
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}
