import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { catalog } from '../src/catalog/index.ts';
import { commentMarkdown, methodComment } from '../src/catalog/method-comment.ts';
import { methodPages, sourceOf } from '../src/catalog/method-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The text of every file of a folder with that ending, by its path there. */
function filesOf(folder: string, ending: string): ReadonlyMap<string, string> {
  const paths = readdirSync(`${root}/${folder}`, { recursive: true })
    .map((path) => String(path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending));
  return new Map(paths.map((path) => [path, readFileSync(`${root}/${folder}/${path}`, 'utf8')]));
}

const sources = filesOf('src/families', '.ts');
const all = [...catalog.values()];
const written = all.map((method) => ({
  key: `${method.spec.family}/${method.spec.id}`,
  comment: methodComment(sourceOf(method, sources), method.spec.id),
}));

describe.each(written)(
  'the doc comment of $key',
  ({ comment: { description, remarks, example } }) => {
    test('has a formula, advice and an example', () => {
      expect(description).toMatch(/^ {4}\S/m);
      expect(remarks).toMatch(/\.$/);
      expect(example).toMatch(/^import /);
      expect(printedBy(example)).not.toEqual([]);
    });
  },
);

test('every page of docs/methods is current (npm run docs writes them)', () => {
  const pages = methodPages(all, sources);
  const committed = filesOf('docs/methods', '.md');
  const stale = [...pages.keys()].filter((path) => committed.get(path) !== pages.get(path));
  const left = [...committed.keys()].filter((path) => !pages.has(path));
  expect({ stale, left }).toEqual({ stale: [], left: [] });
});

/** What the lines of an example print, by the comments behind them. */
function printedBy(example: string): string[] {
  return [...example.matchAll(/; \/\/ (.+)$/gm)].map(([, text = '']) => text);
}

/** Imports every module named, one after the other, and prints what each printed or threw, as JSON. */
const RUNNER = `
import { format } from 'node:util';
const print = console.log;
const printed = {};
for (const key of process.argv.slice(2)) {
  const lines = [];
  console.log = (...values) => lines.push(format(...values));
  await import('./' + key.replace('/', '-') + '.mjs').catch((error) => lines.push(String(error)));
  printed[key] = lines;
}
print(JSON.stringify(printed));
`;

test('every example prints the values in its comments', () => {
  // Inside the package, so that the examples import it by its name.
  const folder = `${root}/build/examples`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { key, comment } of written) {
    const { outputText } = ts.transpileModule(comment.example, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(`${folder}/${key.replace('/', '-')}.mjs`, outputText);
  }
  writeFileSync(`${folder}/run.mjs`, RUNNER);
  const keys = written.map(({ key }) => key);
  const run = spawnSync(process.execPath, [`${folder}/run.mjs`, ...keys], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toEqual(
    Object.fromEntries(written.map(({ key, comment }) => [key, printedBy(comment.example)])),
  );
});

test('every command on a page has flags that its help knows', () => {
  const pages = [...methodPages(all, sources).values()].join('\n');
  const flags = new Map<string, Set<string>>();
  for (const [, verb = '', rest = ''] of pages.matchAll(
    /^tammes ((?:align|explain|search) \w+|\w+) (.+)$/gm,
  )) {
    const known = flags.get(verb) ?? new Set();
    for (const [flag] of rest.matchAll(/(?<=^| )--?[a-z-]+/g)) known.add(flag);
    flags.set(verb, known);
  }
  for (const [verb, used] of flags) {
    const { stdout } = spawnSync(
      process.execPath,
      [`${root}/bin/tammes.js`, ...verb.split(' '), '--help'],
      {
        encoding: 'utf8',
      },
    );
    for (const flag of used)
      expect(stdout, `tammes ${verb} ${flag}`).toMatch(new RegExp(` ${flag}[ ,]`));
  }
});

test('a comment becomes Markdown: formulas are fenced, marks of Markdown are escaped', () => {
  const source = [
    '/**',
    ' * Sums a*b, x_i < 1, `x_i`.',
    ' *',
    ' *     f = a',
    ' *',
    ' *     g = b',
    ' *',
    ' * More.',
    ' *',
    ' * @remarks Use it.',
    ' * Always.',
    ' * @example',
    ' * f();',
    ' * @function',
    ' */',
    "export const someMethod = /* @__PURE__ */ defineMethod({ id: 'some-method' });",
  ].join('\n');
  const { description, remarks, example } = methodComment(source, 'some-method');
  expect(remarks).toBe('Use it.\nAlways.');
  expect(example).toBe('f();');
  expect(commentMarkdown(description)).toBe(
    [
      'Sums a\\*b, x\\_i \\< 1, `x_i`.',
      '',
      '```text',
      'f = a',
      '',
      'g = b',
      '```',
      '',
      'More.',
    ].join('\n'),
  );
  expect(() => methodComment(source, 'other')).toThrow(/no doc comment/);
});
