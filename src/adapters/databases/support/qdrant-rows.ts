import { InputError } from '../../../core/errors.ts';
import type { VectorTable } from '../../../io/table.ts';
import { storedNames } from '../../support/stored-names.ts';
import type { QdrantAddress } from './qdrant-address.ts';
import { valueText } from './qdrant-columns.ts';
import { idText } from './qdrant-points.ts';
import { POINT_ID } from './qdrant-reader.ts';

/** What Qdrant is told of rows that come as a table. */
export interface RowTexts {
  /** The id of a row, as JSON. */
  id(i: number): string;
  /** The payload of a row, as JSON. */
  payload(i: number): string;
}

/** The column with the ids: the one that was named, the one that was an id in Qdrant, else `id`. */
export function idColumnOf({ source }: VectorTable, { id }: Pick<QdrantAddress, 'id'>): string {
  if (id !== undefined) return id;
  const types = source?.format === 'qdrant' ? (source.types ?? {}) : {};
  return Object.keys(types).find((name) => types[name] === POINT_ID) ?? 'id';
}

/** @param before rows that came in earlier blocks: rows without a column of ids are numbered */
export function rowTexts(
  { name, ...address }: QdrantAddress,
  block: VectorTable,
  before: number,
): RowTexts {
  const { labels, columns = {}, source } = block;
  const id = idColumnOf(block, address);
  const ids = Object.hasOwn(columns, id) ? columns[id] : undefined;
  const label = address.label ?? 'label';
  const others = Object.keys(columns).filter((own) => own !== id);
  const stored = storedNames(others, labels ? [label] : []);
  const types = source?.format === 'qdrant' ? (source.types ?? {}) : {};
  const fields = others.map((own) => ({
    key: JSON.stringify(stored[own]),
    values: columns[own],
    kind: types[own],
  }));
  if (labels) fields.unshift({ key: JSON.stringify(label), values: labels, kind: types[label] });
  return {
    id(i) {
      const value = ids ? ids[i] : before + i;
      const text = idText(value);
      if (text !== undefined) return text;
      throw new InputError(
        name,
        `row ${before + i} has the id "${value}" in column "${id}"; Qdrant takes whole numbers and UUIDs (?id=NAME names another column, and rows are numbered where there is none of that name).`,
      );
    },
    payload(i) {
      const texts = fields.flatMap(({ key, values, kind }) => {
        const text = valueText(values[i], kind);
        return text === undefined ? [] : [`${key}:${text}`];
      });
      return `{${texts.join(',')}}`;
    },
  };
}
