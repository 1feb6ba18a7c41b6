// npm run generate: writes what the folders say as code, so that nothing is listed by hand:
//   src/families/FAMILY/index.ts       a family's methods, and what its types.ts, define.ts and public.ts publish
//   src/catalog/generated/families.ts  every family, described; its methods are loaded when they are needed
//   src/catalog/generated/methods.ts   every family's exports at once
//   src/studies/generated/studies.ts   every study, loaded when it is run
//   src/studies/generated/verdicts.ts  what the last full run of each found, from docs/studies
//   src/testing/generated/cases.ts     each family's small problem, for the laws
// `--check` only says whether all of it is current. It needs nothing but Node.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NOTE = '// Written by `npm run generate` from the folders.\n';

/** Files of a family that are not methods. */
const OWN = new Set(['family', 'types', 'define', 'public', 'index']);
const isTest = (name) => /\.(test|case|bench)\.ts$/.test(name);

export const camelCase = (id) => id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const compare = (a, b) => (a < b ? -1 : 1);

/** Families under `src/families`: those folders that have a `family.ts`, in their order. */
export function families(src = join(root, 'src')) {
  const at = join(src, 'families');
  return readdirSync(at)
    .filter((id) => existsSync(join(at, id, 'family.ts')))
    .map((id) => {
      const text = readFileSync(join(at, id, 'family.ts'), 'utf8');
      const order = Number(/^ {2}order: (\d+),$/m.exec(text)?.[1] ?? Number.NaN);
      const [, groups = ''] = /^ {2}groups: \[([^\]]*)\]/m.exec(text) ?? [];
      const names = [...groups.matchAll(/'([^']+)'/g)].map(([, name]) => name);
      return { id, order, folder: join(at, id), groups: names };
    })
    .sort((a, b) => a.order - b.order || compare(a.id, b.id));
}

/** The method files of a family, each with its id: the files of its folder and of its groups. */
export function methodFiles({ folder, groups }) {
  return ['', ...groups].flatMap((group) =>
    readdirSync(join(folder, group))
      .filter((name) => name.endsWith('.ts') && !isTest(name))
      .map((name) => ({ id: name.slice(0, -3), group, path: join(group, name) }))
      .filter(({ id }) => group !== '' || !OWN.has(id)),
  );
}

function indexOf(family) {
  const has = (name) => existsSync(join(family.folder, `${name}.ts`));
  const own = ['define', 'public', 'types']
    .filter(has)
    .map((name) => `export * from './${name}.ts';`);
  const methods = methodFiles(family).map(({ id, path }) => {
    const text = readFileSync(join(family.folder, path), 'utf8');
    const types = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
    const names = [camelCase(id), ...types.sort(compare).map((name) => `type ${name}`)];
    return `export { ${names.join(', ')} } from './${path}';`;
  });
  return `${NOTE}${[...own, `export { family } from './family.ts';`, ...methods.sort(compare)].join('\n')}\n`;
}

function listOfFamilies(all) {
  const imports = all.map(
    ({ id }) => `import { family as ${camelCase(id)} } from '../../families/${id}/family.ts';`,
  );
  const entries = all.map(
    ({ id }) => `  { ...${camelCase(id)}, load: () => import('../../families/${id}/index.ts') },`,
  );
  return `${NOTE}import type { Family } from '../../method/family.ts';
${imports.join('\n')}

/** A family, and how to load its methods. */
export interface LoadableFamily extends Family {
  readonly load: () => Promise<object>;
}

/** Every family, in the order of lists. */
export const families: readonly LoadableFamily[] = [
${entries.join('\n')}
];
`;
}

function listOfMethods(all) {
  const imports = all.map(
    ({ id }) => `import * as ${camelCase(id)} from '../../families/${id}/index.ts';`,
  );
  return `${NOTE}${imports.join('\n')}

/** Every family's exports by the family's id; what has a \`spec\` is a method. */
export const exportsOfFamilies: Readonly<Record<string, object>> = {
${all.map(({ id }) => `  ${camelCase(id)},`).join('\n')}
};
`;
}

function listOfCases(all) {
  const imports = all.map(
    ({ id }) =>
      `import { smallProblem as ${camelCase(id)} } from '../../families/${id}/family.case.ts';`,
  );
  return `${NOTE}import type { SmallProblem } from '../small-problem.ts';
${imports.join('\n')}

/** The small problem of each family, for the laws. */
export const cases: Readonly<Record<string, (id: string) => SmallProblem>> = {
${all.map(({ id }) => `  ${camelCase(id)},`).join('\n')}
};
`;
}

/** Ids of the studies: the files of `src/studies` but for the mechanism's own. */
export function studyIds(src = join(root, 'src')) {
  return readdirSync(join(src, 'studies'))
    .filter((name) => name.endsWith('.ts') && !isTest(name))
    .map((name) => name.slice(0, -3))
    .filter((id) => id !== 'define' && id !== 'index')
    .sort(compare);
}

function listOfStudies(ids) {
  return `${NOTE}import type { Study } from '../define.ts';

export const STUDIES: Readonly<Record<string, () => Promise<{ readonly default: Study }>>> = {
${ids.map((id) => `  '${id}': () => import('../${id}.ts'),\n`).join('')}};
`;
}

function listOfVerdicts(src, ids) {
  const pages = join(src, '..', 'docs', 'studies');
  const lines = ids
    .map((id) => [id, join(pages, `${id}.json`)])
    .filter(([, path]) => existsSync(path))
    .map(([id, path]) => `  '${id}': '${JSON.parse(readFileSync(path, 'utf8')).verdict}',\n`);
  return `${NOTE}import type { Verdict } from '../support/judge.ts';

/** What the last full run of each study found. */
export const VERDICTS_OF_STUDIES: Readonly<Record<string, Verdict>> = {
${lines.join('')}};
`;
}

/** Path → text of all that is generated under `src`. */
export function generated(src = join(root, 'src')) {
  const all = families(src);
  const files = new Map(all.map((family) => [join(family.folder, 'index.ts'), indexOf(family)]));
  files.set(join(src, 'catalog/generated/families.ts'), listOfFamilies(all));
  files.set(join(src, 'catalog/generated/methods.ts'), listOfMethods(all));
  const ids = studyIds(src);
  files.set(join(src, 'studies/generated/studies.ts'), listOfStudies(ids));
  files.set(join(src, 'studies/generated/verdicts.ts'), listOfVerdicts(src, ids));
  files.set(join(src, 'testing/generated/cases.ts'), listOfCases(all));
  return files;
}

const isCurrent = ([path, text]) => existsSync(path) && readFileSync(path, 'utf8') === text;

/** Writes what is not current; returns the paths written. */
export function generate(src = join(root, 'src')) {
  const stale = [...generated(src)].filter((file) => !isCurrent(file));
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
  }
  return stale.map(([path]) => path);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--check')) {
    const stale = [...generated()].filter((file) => !isCurrent(file));
    for (const [path] of stale) console.error(`${path} is not current; run npm run generate.`);
    if (stale.length > 0) process.exit(1);
  } else {
    for (const path of generate()) console.log(path);
  }
}
