import type { StudioTable } from '../../session/state.ts';

/** What is written of rows: their labels, and fields that are texts; columns of n texts each. */
export function textsIn({ table, fields }: StudioTable): readonly (readonly string[])[] {
  const texts = Array.from(fields.values(), ({ info, values }) =>
    info.kind === 'text' && !(values instanceof Float64Array) ? [values] : [],
  ).flat();
  return table.labels ? [table.labels, ...texts] : texts;
}
