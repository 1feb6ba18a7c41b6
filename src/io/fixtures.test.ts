import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TammesError } from '../core/errors.ts';
import arrowFixture from './fixtures/arrow.fixture.json' with { type: 'json' };
import numpyFixture from './fixtures/numpy.fixture.json' with { type: 'json' };
import pandasFixture from './fixtures/pandas.fixture.json' with { type: 'json' };
import parquetFixture from './fixtures/parquet.fixture.json' with { type: 'json' };
import safetensorsFixture from './fixtures/safetensors.fixture.json' with { type: 'json' };
import { read } from './index.ts';

const bytesOfBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const fixtures = [numpyFixture, safetensorsFixture, arrowFixture, parquetFixture, pandasFixture];

for (const { library, version, points, labels, weight, cases } of fixtures) {
  describe(`${library} ${version}`, () => {
    it.each(cases.map(({ name, base64 }) => [name, base64] as const))(
      '%s',
      async (name, base64) => {
        const table = await read(bytesOfBase64(base64));
        expect([table.points.rows, table.points.cols]).toEqual([4, 3]);
        expect([...table.points.data]).toEqual(points.flat());
        const holdsLabels = library !== 'safetensors' && !/^f\d/.test(name);
        expect(table.labels).toEqual(holdsLabels ? labels : undefined);
        if (library !== 'pyarrow') return;
        const { weight: column = [] } = table.columns ?? {};
        expect([...column]).toEqual(weight.map((value) => value ?? Number.NaN));
      },
    );

    it('damaged, gives a table or one sentence', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...cases),
          fc.nat(),
          fc.constantFrom(0, 1, 2, 64, 127, 128, 255),
          async ({ base64 }, place, value) => {
            const bytes = bytesOfBase64(base64);
            bytes[place % bytes.length] = value;
            try {
              await read(bytes);
            } catch (error) {
              if (!(error instanceof TammesError)) throw error;
            }
          },
        ),
        { numRuns: 300 },
      );
    });
  });
}
