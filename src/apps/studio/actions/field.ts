import { InputError } from '../../../core/errors.ts';
import { defineAction } from './define.ts';
import { tableOf } from './support/lookup.ts';

/** The values of each row in a column of the file, or what an action measured. */
export const field = defineAction({
  id: 'field',
  summary: 'The value of each row in a column of the file, or what was measured of each row.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    field: { kind: 'text', doc: 'Id of the field; left out, the labels.' },
  },
  isStep: false,
  isQuick: true,
  run(state, { table: id, field: name }) {
    const { table, fields } = tableOf('field', state, id);
    if (name === undefined) return { facts: { texts: table.labels ?? [] } };
    const found = fields.get(name);
    if (!found) {
      const known = [...fields.keys()].join(', ') || 'no fields';
      throw new InputError(
        'field',
        `the table ${id} has no field ${JSON.stringify(name)}; it has ${known}.`,
      );
    }
    const { info, values } = found;
    return values instanceof Float64Array
      ? { facts: { info }, arrays: { values: { data: values, shape: [values.length] } } }
      : { facts: { info, texts: values } };
  },
});
