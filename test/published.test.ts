import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { Random } from '../src/core/random.ts';
import { commandIn } from './shared/command.ts';

/**
 * What programs and scripts rely on: names by import path, paths in JSON by command, methods. Names may be added;
 * one that goes is a change for CHANGELOG.md, and for published.json by hand.
 */
const published: {
  readonly entries: Readonly<Record<string, readonly string[]>>;
  readonly json: Readonly<Record<string, readonly string[]>>;
  readonly methods: readonly string[];
} = JSON.parse(readFileSync(new URL('published.json', import.meta.url), 'utf8'));

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** The declarations that an import path leads to. */
function declarationsOf(entry: string): string {
  const exact = manifest.exports[entry];
  const path = exact ?? manifest.exports['./*'].replace('*', entry.slice(2));
  return join(root, path.replace(/\.js$/, '.d.ts'));
}

test('every published name can still be imported', () => {
  const paths = new Map(
    Object.keys(published.entries).map((entry) => [entry, declarationsOf(entry)]),
  );
  const program = ts.createProgram([...paths.values()], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const missing: string[] = [];
  for (const [entry, names] of Object.entries(published.entries)) {
    const file = program.getSourceFile(paths.get(entry) ?? '');
    const symbol = file && checker.getSymbolAtLocation(file);
    const known = new Set(symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : []);
    missing.push(...names.filter((name) => !known.has(name)).map((name) => `${entry}: ${name}`));
  }
  expect(missing).toEqual([]);
});

/** `.a.b[].c` for every key in the value; places in lists of numbers are all `#`. */
function pathsIn(value: unknown, at = '', found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    for (const own of value) pathsIn(own, `${at}[]`, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, own] of Object.entries(value)) {
      const path = `${at}.${/^\d+$/.test(key) ? '#' : key}`;
      found.add(path);
      pathsIn(own, path, found);
    }
  }
  return found;
}

describe('the JSON of every command', () => {
  const { at, tammes } = commandIn('tammes-published-');

  /** 60 rows in three classes, and the same turned and blurred. */
  const random = Random.fromSeed(1);
  const rows = Array.from({ length: 60 }, () => [
    random.normal(),
    random.normal(),
    random.normal(),
  ]);
  const csv = (points: readonly (readonly number[])[]) =>
    [
      'id,class,freq,x0,x1,x2',
      ...points.map((x, i) => `r${i},c${i % 3},${i + 1},${x.join()}`),
    ].join('\n');
  writeFileSync(at('p.csv'), csv(rows));
  const blurred = rows.map(([x, y, z]) => [y + 0.05 * random.normal(), x, z]);
  writeFileSync(at('q.csv'), csv(blurred));

  /** Ten rows for each kind in each half, one half after the other. */
  const halves = rows.map((x, i) => `r${i},${i < 30 ? 'left' : 'right'},k${i % 3},${x.join()}`);
  writeFileSync(at('h.csv'), ['id,half,kind,x0,x1,x2', ...halves].join('\n'));
  writeFileSync(at('names.txt'), 'r1\nr2\nr3\n');

  /** Nine classes: the fewest of which six are seen where three are not. */
  const many = rows.map((x, i) => `r${i},n${i % 9},${x.join()}`);
  writeFileSync(at('n.csv'), ['id,number,x0,x1,x2', ...many].join('\n'));
  const meanings = rows.slice(0, 9).map((x, i) => `n${i},${x.join()}`);
  writeFileSync(at('meanings.csv'), ['name,x0,x1,x2', ...meanings].join('\n'));
  writeFileSync(at('kinds.csv'), 'k0,is a kind of,kind\nk1,is a kind of,kind\n');
  writeFileSync(at('scale.csv'), 'cold,mild\nmild,hot\n');
  writeFileSync(at('told.csv'), 'cold,hot,truth\n0.5,0.5,mild\n0.9,0.1,cold\n');

  const known = ['--classes', 'class', '--frequencies', 'freq', '--scores', 'freq'];
  const commands: Readonly<Record<string, readonly string[]>> = {
    measure: ['measure', at('p.csv'), '--doctor', ...known],
    compare: ['compare', at('p.csv'), at('q.csv'), '--parity'],
    align: ['align', 'fit', at('p.csv'), at('q.csv'), '-o', at('map.safetensors')],
    disperse: ['disperse', at('p.csv'), '-o', at('o.npy'), '--steps', '20'],
    learn: [
      ...['learn', 'classifier', at('p.csv'), '--classes', 'class', '--steps', '20'],
      ...['-o', at('m.safetensors')],
    ],
    // With the model of the line above.
    embed: ['embed', at('m.safetensors'), at('p.csv'), '-o', at('e.npy')],
    merge: [
      ...['merge', at('m.safetensors'), '--base', at('m.safetensors')],
      ...['-o', at('merged.safetensors'), '--method', 'task-arithmetic'],
    ],
    reduce: ['reduce', at('p.csv'), '-o', at('r.npy')],
    code: ['code', '--count', '8', '--dim', '3', '-o', at('c.npy')],
    neighbors: ['neighbors', at('p.csv'), '-o', at('n.npz')],
    info: ['info', at('p.csv')],
    convert: ['convert', at('p.csv'), at('x.npy')],
    methods: ['methods'],
    compress: ['compress', at('p.csv'), '-o', at('p.tammes')],
    plan: ['compress', 'plan', at('p.csv'), '--target', 'recall@5>=0.5', '--codecs', 'int8'],
    decompress: ['decompress', at('p.tammes'), '-o', at('d.npy')],
    build: ['search', 'build', at('p.csv'), '-o', at('p.index'), '--index', 'ivf'],
    query: ['search', 'query', at('p.index'), at('q.csv'), '-k', '50', '--where', 'freq > 30'],
    near: ['search', 'near', at('p.csv'), '--label', 'r2x'],
    words: [
      ...['search', 'words', at('p.csv'), '--contains', 'r1'],
      ...['--similarity', 'r1', 'r2', '--doesnt-match', 'r1', 'r2', 'r3'],
    ],
    axis: ['explain', 'axis', at('p.csv'), '--scores', 'freq', '-o', at('axis.safetensors')],
    // By the axis of the line above.
    sort: ['explain', 'sort', at('axis.safetensors'), at('p.csv')],
    boxes: [
      ...['explain', 'boxes', at('h.csv'), '--classes', 'kind', '--relations', at('kinds.csv')],
      ...['--learn', 'k2', '--steps', '20'],
    ],
    cam: ['explain', 'cam', at('p.csv'), at('q.csv'), '--class', 'r1'],
    concepts: [
      ...['explain', 'concepts', at('p.csv'), '--words', at('names.txt'), '--classes', 'class'],
    ],
    dictionary: [
      ...['explain', 'dictionary', at('p.csv'), '--features', '4', '--k', '2', '--steps', '20'],
      ...['--classes', 'class'],
    ],
    erase: [
      ...['explain', 'erase', at('h.csv'), '--classes', 'half', '--keep', 'kind'],
      ...['-o', at('erased.npy')],
    ],
    factor: ['explain', 'factor', at('h.csv'), '--factors', 'half,kind'],
    guard: ['explain', 'guard', at('h.csv'), '--concepts', 'r1,r2', '--document', 'half'],
    lens: ['explain', 'lens', at('p.csv'), at('q.csv'), '--unembed', at('h.csv')],
    monitor: [
      ...['explain', 'monitor', 'fit', at('h.csv'), '--classes', 'half', '--level', '0.2'],
      ...['-o', at('monitor.safetensors')],
    ],
    // By the monitor of the lines above.
    check: ['explain', 'monitor', 'check', at('monitor.safetensors'), at('h.csv')],
    pair: ['explain', 'pair', at('p.csv'), '--document', 'class', '--a', 'c0', '--b', 'c1'],
    predict: [
      ...['explain', 'predict', at('told.csv'), '--metric', at('scale.csv')],
      ...['--classes', 'truth'],
    ],
    prototypes: ['explain', 'prototypes', at('h.csv'), '--classes', 'half'],
    rules: ['explain', 'rules', at('h.csv'), '--classes', 'half'],
    why: ['explain', 'why', at('p.csv'), '--classes', 'class', '--row', '7'],
    zeroshot: [
      ...['explain', 'zeroshot', at('n.csv'), '--classes', 'number'],
      ...['--vectors', at('meanings.csv'), '--method', 'ridge'],
    ],
  };
  for (const [name, words] of Object.entries(commands)) {
    test(`${name} has every key that it had`, () => {
      const { out: stdout } = tammes(...words, '--json');
      const found = pathsIn(JSON.parse(stdout));
      expect(published.json[name].filter((path) => !found.has(path))).toEqual([]);
    });
  }

  test('every method is still there', () => {
    const { out: stdout } = tammes('methods', '--json');
    const specs: readonly { family: string; id: string; title: string }[] = JSON.parse(stdout);
    const found = new Set(specs.map(({ family, id }) => `${family}/${id}`));
    expect(published.methods.filter((key) => !found.has(key))).toEqual([]);
    for (const { title } of specs) expect(title).toBeTypeOf('string');
  });

  test('papers have their slug, source, methods, study and verdict', () => {
    const { out: stdout } = tammes('methods', '--papers', '--json');
    const papers: readonly Record<string, unknown>[] = JSON.parse(stdout);
    for (const paper of papers) {
      expect(Object.keys(paper)).toEqual([
        'slug',
        'title',
        'source',
        'methods',
        'study',
        'verdict',
        'parts',
      ]);
      const { verdict } = paper;
      expect([null, 'holds', 'holds-in-part', 'does-not-hold']).toContain(verdict);
    }
    expect(papers.find(({ slug }) => slug === 'keep-your-distance')).toMatchObject({
      study: 'keep-your-distance',
      source: 'arXiv:2502.08231',
    });
  });
});
