import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TammesError } from '../core/errors.ts';
import { structuredCase, structuredFault, structuredFaults } from '../testing/structured/check.ts';
import { info, read } from './index.ts';

const { TAMMES_NUISANCE_FILES: files = '2000', TAMMES_NUISANCE_SEED: first = '0' } = process.env;

describe('tables in structured formats as people have them', () => {
  it('are read as they are or refused in a sentence, the first ones', async () => {
    expect(await structuredFaults(Number(files), Number(first))).toEqual([]);
  });

  it('and at random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await structuredFault(seed)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('damaged, are a table or a sentence', async () => {
    const damage = fc.record({ place: fc.nat(), value: fc.constantFrom(0, 1, 64, 127, 128, 255) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (seed, all) => {
          const { bytes, options } = structuredCase(seed);
          const changed = bytes.slice();
          for (const { place, value } of all) changed[place % changed.length] = value;
          for (const use of [read, info]) {
            try {
              await use(changed, options);
            } catch (error) {
              expect(error).toBeInstanceOf(TammesError);
              expect((error as TammesError).message).not.toMatch(/\[object|\n/);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
