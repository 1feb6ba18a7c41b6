// `npm run docs`: writes docs/methods/ from the catalogue. `--check` only says whether it is current.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from './build.mjs';
import { root } from './setup.mjs';

await build();
const { catalog, methodIndex, methodPage } = await import('../dist/catalog/index.js');
const pages = new Map([['index.md', methodIndex(catalog.values())]]);
for (const method of catalog.values())
  pages.set(join(method.spec.family, `${method.spec.id}.md`), methodPage(method));

const folder = join(root, 'docs', 'methods');
if (process.argv.includes('--check')) {
  const stale = [...pages].filter(([path, text]) => {
    const file = join(folder, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (stale.length > 0) {
    console.error(`docs/methods is not current (${stale[0][0]}); run npm run docs.`);
    process.exit(1);
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(`docs/methods: ${pages.size} pages`);
}
