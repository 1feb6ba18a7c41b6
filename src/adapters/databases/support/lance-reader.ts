import { InputError } from '../../../core/errors.ts';
import { counted } from '../../../core/text.ts';
import type { Opened, ReadOptions } from '../../../io/contract.ts';
import type { Column, VectorTable } from '../../../io/table.ts';
import type { PeerLoader } from '../../support/load-peer.ts';
import { floats } from './floats.ts';
import {
  type LanceAddress,
  type LancePlace,
  lanceAddress,
  lanceDatabase,
  lancePlace,
  refused,
} from './lance-address.ts';
import {
  isVector,
  isWide,
  kindOf,
  numberOf,
  textOf,
  vectorField,
  vectorsInto,
} from './lance-columns.ts';
import { type ArrowBatch, type ArrowField, type LanceTable, packagesOf } from './lance-packages.ts';
import { labelColumn, wantedVector } from './parameters.ts';

interface Plan {
  readonly name: string;
  readonly rows: number;
  readonly vector: ArrowField;
  readonly fields: readonly { readonly field: ArrowField; readonly isNumber: boolean }[];
  readonly label: string | undefined;
  readonly types: Readonly<Record<string, string>>;
  readonly skips: boolean;
}

/** Opens a table of LanceDB, batch by batch. */
export async function openLance(
  text: string,
  options: ReadOptions,
  load: PeerLoader,
): Promise<Opened> {
  const address = lanceAddress(text);
  const { name } = address;
  const packages = await packagesOf(name, load);
  const place = await lancePlace(address, packages).catch((cause) => refused(name, cause));
  if (!place.isThere) return refuseTable(address, place);
  const database = await lanceDatabase(packages, place.folder);
  let table: LanceTable | undefined;
  const close = async (): Promise<void> => {
    table?.close();
    database.close();
  };
  try {
    table = await database.openTable(place.table);
    const { version } = address;
    if (version !== undefined)
      await table.checkout(/^\d+$/.test(version) ? Number(version) : version);
    const own = table;
    const plan = await planOf(own, address, options);
    const bytes = 4 * plan.rows * (plan.vector.type.listSize ?? 0);
    return {
      name,
      size: bytes,
      close,
      reader: {
        info: async () => ({
          format: 'lance',
          rows: plan.rows,
          cols: plan.vector.type.listSize ?? 0,
          dtype: dtypeOf(plan.vector),
          bytes,
          vector: plan.vector.name,
          labels: plan.label ?? false,
          columns: plan.fields.flatMap(({ field }) =>
            field.name === plan.label ? [] : [field.name],
          ),
        }),
        async *blocks(rowsPerBlock, shared) {
          try {
            yield* blocksOf(own, plan, rowsPerBlock, shared);
          } catch (cause) {
            refused(name, cause);
          }
        },
      },
    };
  } catch (cause) {
    await close();
    return refused(name, cause);
  }
}

const dtypeOf = ({ type }: ArrowField): 'f2' | 'f4' | 'f8' => {
  const text = String(type.children?.[0]?.type);
  if (text === 'Float16') return 'f2';
  return text === 'Float64' ? 'f8' : 'f4';
};

function refuseTable({ name }: LanceAddress, { table, folder, names }: LancePlace): never {
  const there = names.length > 0 ? `; its tables are ${names.join(', ')}` : '';
  throw new InputError(name, `there is no table "${table}" in ${folder}${there}.`);
}

/** Names in LanceDB's conditions. */
const quoted = (name: string): string => `\`${name}\``;

async function planOf(
  table: LanceTable,
  address: LanceAddress,
  options: ReadOptions,
): Promise<Plan> {
  const { name } = address;
  const { fields } = await table.schema();
  const vector = vectorField(name, fields, wantedVector(name, options, address));
  const others = fields.filter((own) => !isVector(own) && kindOf(own) !== undefined);
  const label = labelColumn(
    name,
    options,
    address,
    others.map((own) => own.name),
  );
  const all = await table.countRows();
  const without = await table.countRows(`${quoted(vector.name)} IS NULL`);
  if (all === 0) throw new InputError(name, 'the table has no rows.');
  if (without > 0 && !address.skipsNull)
    throw new InputError(
      name,
      `${counted(without, 'row')} of ${all} ${without === 1 ? 'has' : 'have'} no vector (null); ?null=skip leaves them out.`,
    );
  const planned: { field: ArrowField; isNumber: boolean }[] = [];
  for (const field of others) {
    const own = quoted(field.name);
    const isBeyond =
      isWide(field) &&
      (await table.countRows(`${own} > 9007199254740991 OR ${own} < -9007199254740991`)) > 0;
    planned.push({
      field,
      isNumber: kindOf(field) === 'number' && !isBeyond && field.name !== label,
    });
  }
  const types = Object.fromEntries(fields.map((own) => [own.name, String(own.type)]));
  return {
    name,
    rows: all - without,
    vector,
    fields: planned,
    label,
    types,
    skips: without > 0,
  };
}

async function* blocksOf(
  table: LanceTable,
  plan: Plan,
  rowsPerBlock: number,
  shared: boolean,
): AsyncGenerator<VectorTable> {
  const { vector, fields, rows, name } = plan;
  const cols = vector.type.listSize ?? 0;
  let query = table.query().select([vector.name, ...fields.map(({ field }) => field.name)]);
  if (plan.skips) query = query.where(`${quoted(vector.name)} IS NOT NULL`);
  let block = blockOf(plan, Math.min(rowsPerBlock, rows), shared);
  let row = 0;
  for await (const batch of query) {
    for (let a = 0; a < batch.numRows; ) {
      const count = Math.min(batch.numRows - a, block.size - block.filled);
      block.take(batch, a, count);
      a += count;
      row += count;
      if (block.filled < block.size) continue;
      yield block.table();
      block = blockOf(plan, Math.max(1, Math.min(rowsPerBlock, rows - row)), shared);
    }
  }
  if (block.filled > 0) yield block.table();
  if (row !== rows || cols === 0)
    throw new InputError(name, 'the table was changed while it was read; read it again.');
}

/** A block that is filled from batches. */
function blockOf(plan: Plan, size: number, shared: boolean) {
  const { vector, fields, label, name, types } = plan;
  const cols = vector.type.listSize ?? 0;
  const data = floats(size * cols, name, shared);
  const columns = fields.map(({ isNumber }) =>
    isNumber ? new Float64Array(size) : ([] as string[]),
  );
  let filled = 0;
  let decoded: { readonly batch: ArrowBatch; readonly values: Float32Array } | undefined;
  return {
    size,
    get filled() {
      return filled;
    },
    take(batch: ArrowBatch, from: number, count: number): void {
      if (from === 0 && count === batch.numRows) vectorsInto(batch, vector, data, filled * cols);
      else {
        if (decoded?.batch !== batch)
          decoded = { batch, values: new Float32Array(batch.numRows * cols) };
        vectorsInto(batch, vector, decoded.values, 0);
        data.set(decoded.values.subarray(from * cols, (from + count) * cols), filled * cols);
      }
      for (const [f, { field }] of fields.entries()) {
        const column = columns[f];
        const values = batch.getChild(field.name);
        for (let i = 0; i < count; i++) {
          const value = values?.get(from + i);
          if (column instanceof Float64Array) column[filled + i] = numberOf(value);
          else column.push(textOf(value, field));
        }
      }
      filled += count;
    },
    table(): VectorTable {
      const named: Record<string, Column> = {};
      let labels: readonly string[] | undefined;
      for (const [f, { field }] of fields.entries()) {
        const values = columns[f].slice(0, filled);
        if (field.name !== label) named[field.name] = values;
        else labels = values instanceof Float64Array ? Array.from(values, String) : values;
      }
      return {
        points: { data: data.subarray(0, filled * cols), rows: filled, cols },
        labels,
        ...(Object.keys(named).length > 0 && { columns: named }),
        source: { name, format: 'lance', dtype: dtypeOf(vector), types },
      };
    },
  };
}
