import { boolean } from '../../../method/options.ts';
import { codecById, codeRecall, compress as compressed } from '../../verbs/compress.ts';
import { fieldOf } from '../session/fields.ts';
import { defineAction } from './define.ts';
import { acted, judged, neighborsKept } from './support/acted.ts';
import { freeName, packedFields, packedMatrix, withTable } from './support/changes.ts';
import { finiteTable } from './support/finite-table.ts';
import { movedAngles } from './support/moved.ts';

/**
 * Codes a table in fewer bytes and shows what the codes stand for: as a table beside it, so that both can be compared, or in
 * its place.
 *
 * Facts: `table` (the new one), `codec`, `bytesPerVector`, `times` (less than float32), `recallAt10 {value, low, high}` or null with
 * ten rows or fewer, `facts`, `warnings`; in its place those of `normalize` too. Arrays: `moved` (degrees), `neighbors-kept`.
 */
export const compress = defineAction({
  id: 'compress',
  summary: 'Codes a table in fewer bytes, and says what a search by the codes still finds.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    codec: { kind: 'text', doc: 'Id of the codec: int8, int4, bits, pq, …', default: 'int8' },
    options: { kind: 'options', doc: 'Options of the codec: dims, bits, …' },
    replace: boolean(false, 'Whether the decoded rows take the place of the table.'),
    ...judged,
  },
  isStep: true,
  async run(state, { table, codec, options, replace, judge }, context) {
    const source = finiteTable('compress', state, table);
    const { points } = source.table;
    const { engine, signal, onProgress } = context;
    const coded = await compressed(points, codec, options, { engine, signal, onProgress });
    const ready = await codecById(codec).ready(coded.model);
    const decoded = await ready.decode(coded.codes, { engine, signal });
    const recall = await codeRecall(points, ready, coded.codes, { engine, signal });
    const { bytesPerVector, facts: own, warnings } = coded;
    const facts = {
      codec,
      bytesPerVector,
      times: (4 * points.cols) / bytesPerVector,
      recallAt10: recall ?? null,
      facts: own,
      warnings,
    };
    if (replace)
      return acted(state, source, decoded, { action: 'compress', judge, facts }, context);
    const from = 'compress';
    const id = freeName(`${source.id}-${codec}`, state.tables);
    const moved = movedAngles(points, decoded);
    const kept = judge ? await neighborsKept(points, decoded, context) : undefined;
    const fields = [
      fieldOf('moved', moved, { title: 'moved, degrees', kind: 'number', from }),
      ...(kept
        ? [
            fieldOf('neighbors-kept', kept, {
              title: 'share of its 10 nearest rows kept',
              kind: 'number',
              from,
            }),
          ]
        : []),
    ];
    const ofFile = Array.from(source.fields).filter(([, { info }]) => info.from === 'file');
    const twin = {
      id,
      name: `${source.name}, ${codec}`,
      sha256: source.sha256,
      table: { ...source.table, points: decoded },
      fields: new Map([...ofFile, ...fields.map((field) => [field.info.id, field] as const)]),
      before: points,
    };
    return {
      state: withTable(state, twin),
      facts: { ...facts, table: id, of: source.id },
      arrays: packedFields(fields),
      made: { points: packedMatrix(decoded) },
    };
  },
});
