// Finds where the optimum of Delsarte's linear program reaches n on the sphere in 3 dimensions, for
// n = 7 … 130, and writes the cosines to src/families/codes/bounds/generated/delsarte-cosines.ts:
//
//   node scripts/search-bounds.mjs
//
// They only say where to look: the program is solved again there, and its polynomial proved, each time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './setup.mjs';

await build();
const { linearProgramOptimum } = await import('../dist/families/codes/bounds/delsarte.js');

const rows = [];
for (let n = 7; n <= 130; n++) {
  const cosine = await linearProgramOptimum(n, 3);
  if (cosine !== undefined) rows.push(`  ${n}: ${cosine.toFixed(12).replace(/0+$/, '')},`);
}
const text = `// Written by scripts/search-bounds.mjs; cosines to look at, proved anew each time.
export const DELSARTE_COSINES: Readonly<Record<number, number>> = {
${rows.join('\n')}
};
`;
writeFileSync(join(root, 'src/families/codes/bounds/generated/delsarte-cosines.ts'), text);
