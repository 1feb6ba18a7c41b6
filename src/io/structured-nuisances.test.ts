import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { structuredFault, structuredFaults } from '../testing/structured/check.ts';

describe('tables in structured formats as people have them', () => {
  it('are read as they are or refused in a sentence, the first ones', async () => {
    expect(await structuredFaults(2000)).toEqual([]);
  });

  it('and at random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await structuredFault(seed)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});
