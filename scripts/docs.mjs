// `npm run docs`: writes docs/methods/ from the catalogue and the doc comments of the methods, and docs/papers.md
// from the bibliography and the studies, and docs/studio-api.md from the actions of the studio. `--check` only says which pages are not current.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { root } from './setup.mjs';

/** The text of every file of a folder with that ending, by its path there. */
function filesOf(folder, ending) {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true }).map((path) => path.replaceAll('\\', '/'));
  return new Map(
    paths
      .filter((path) => path.endsWith(ending))
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}

await build();
const { catalog } = await import('../dist/catalog/index.js');
const { methodPages } = await import('../dist/catalog/method-page.js');
const { papersPage } = await import('../dist/studies/index.js');
const { describedActions } = await import('../dist/apps/studio/hosting/described.js');
const { apiPage } = await import('../dist/apps/studio/server/api-page.js');
const pages = methodPages([...catalog.values()], filesOf(join(root, 'src', 'families'), '.ts'));

const folder = join(root, 'docs', 'methods');
const papers = join(root, 'docs', 'papers.md');
const api = join(root, 'docs', 'studio-api.md');
if (process.argv.includes('--check')) {
  const written = filesOf(folder, '.md');
  const stale = [...pages.keys()].filter((path) => written.get(path) !== pages.get(path));
  const left = [...written.keys()].filter((path) => !pages.has(path));
  for (const path of stale) console.error(`docs/methods/${path} is not current.`);
  for (const path of left) console.error(`docs/methods/${path} belongs to no method.`);
  const isStale = !existsSync(papers) || readFileSync(papers, 'utf8') !== papersPage();
  if (isStale) console.error('docs/papers.md is not current.');
  const isOld = !existsSync(api) || readFileSync(api, 'utf8') !== apiPage(describedActions());
  if (isOld) console.error('docs/studio-api.md is not current.');
  if (stale.length + left.length > 0 || isStale || isOld) {
    console.error('npm run docs writes every page anew.');
    process.exit(1);
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(papers, papersPage());
  writeFileSync(api, apiPage(describedActions()));
  console.log(`docs/methods: ${pages.size} pages; docs/papers.md, docs/studio-api.md`);
}
