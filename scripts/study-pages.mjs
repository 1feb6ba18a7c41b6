// Writes docs/studies/ again from the raw numbers there: after a change of the pages' form.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';

await build();
const { indexOf, recordIn, writePage } = await import('../dist/cli/study/outputs.js');
const { docsFolder } = await import('../dist/cli/study/places.js');
const { judged, studyById, studyIds } = await import('../dist/studies/index.js');

for (const id of studyIds()) {
  const record = await recordIn(docsFolder, id);
  if (!record) continue;
  const study = await studyById(id);
  await writePage(docsFolder, study, { ...record, ...judged(study, record.repeats) });
}
writeFileSync(join(docsFolder, 'index.md'), await indexOf(docsFolder));
console.log(`docs/studies: ${readdirSync(docsFolder).length} files`);
