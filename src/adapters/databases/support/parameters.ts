import { InputError } from '../../../core/errors.ts';
import type { ReadOptions } from '../../../io/contract.ts';

/** What an address says behind `?` of the table that is meant. */
export interface TableParameters {
  readonly table?: string | undefined;
  readonly vector?: string | undefined;
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  /** `type=halfvec`: of the vectors in a new table. */
  readonly type?: string | undefined;
  readonly schema?: string | undefined;
  /** `null=skip`: rows without a vector are left out. */
  readonly skipsNull: boolean;
  /** `replace=true`: what is there makes way for the new table. */
  readonly replaces: boolean;
}

const SWITCHES = { null: 'skip', replace: 'true', tls: 'true' } as const;

/**
 * Takes what is Tammes's own out of the parameters of an address; refuses what is neither that nor one of `others`,
 * which the database's own package understands.
 */
export function tableParameters(
  name: string,
  parameters: URLSearchParams,
  own: readonly string[],
  others: readonly string[] = [],
): TableParameters {
  const known = [...own, ...others];
  const found: Record<string, string> = {};
  for (const [key, value] of [...parameters]) {
    if (!known.includes(key))
      throw new InputError(name, `the address has ${key}=, which is none of ${own.join(', ')}.`);
    if (!own.includes(key)) continue;
    const wanted = (SWITCHES as Readonly<Record<string, string>>)[key];
    if (value === '' || (wanted !== undefined && value !== wanted))
      throw new InputError(
        name,
        `the address has ${key}=${value}; expected ${wanted ?? 'a name'}.`,
      );
    found[key] = value;
    parameters.delete(key);
  }
  const { null: skip, replace, ...rest } = found;
  return { ...rest, skipsNull: skip !== undefined, replaces: replace !== undefined };
}

/** The column of the vector that was asked for, by an option or by the address. */
export function wantedVector(
  name: string,
  { vector }: Pick<ReadOptions, 'vector'>,
  parameters: TableParameters,
): string | undefined {
  if (vector === undefined || typeof vector === 'string') return vector ?? parameters.vector;
  throw new InputError(
    name,
    `a table of a database has its vector in one column; got ${vector.length} names.`,
  );
}

/** The column of the label: undefined where none is. */
export function labelColumn(
  name: string,
  { label }: Pick<ReadOptions, 'label'>,
  parameters: TableParameters,
  columns: readonly string[],
): string | undefined {
  if (label === false) return undefined;
  const wanted = label ?? parameters.label;
  if (wanted === undefined) return columns.includes('label') ? 'label' : undefined;
  if (columns.includes(wanted)) return wanted;
  return refuseColumn(name, wanted, columns);
}

/** Refuses the name of a column that is not there. */
export function refuseColumn(name: string, wanted: string, columns: readonly string[]): never {
  const there = columns.length > 0 ? columns.join(', ') : 'none';
  throw new InputError(name, `there is no column "${wanted}"; the columns are ${there}.`);
}
