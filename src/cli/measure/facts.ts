import { OptionError } from '../../core/errors.ts';
import { type Column, readJudgements, type VectorTable } from '../../io/index.ts';
import type { RowFacts } from '../../structures/space/types.ts';
import { readInput } from '../input.ts';
import type { Flags } from './flags.ts';

/** `labels` names the rows' labels, a column that readers set apart. */
const LABELS = 'labels';

/** What text files write where a number is not known. */
const NO_NUMBER = /^\s*(nan|na|null)?\s*$/i;

/** What the flags say is known of each row. */
export async function factsOf(table: VectorTable, flags: Flags): Promise<RowFacts> {
  const columns: Readonly<Record<string, Column>> = {
    ...(table.labels ? { [LABELS]: table.labels } : {}),
    ...table.columns,
  };
  const columnOf = (option: string, name: string) => {
    if (Object.hasOwn(columns, name)) return columns[name];
    const known = Object.keys(columns).join(', ');
    const wanted = known === '' ? 'left out: the file has no columns' : `one of ${known}`;
    throw new OptionError('measure', option, wanted, name);
  };
  const numbersOf = (option: string, name: string | undefined) => {
    const column = name === undefined ? undefined : columnOf(option, name);
    if (column === undefined || column instanceof Float64Array) return column;
    const numbers = Float64Array.from(column, (text) => (text.trim() === '' ? NaN : Number(text)));
    if (numbers.every((x, i) => !Number.isNaN(x) || NO_NUMBER.test(column[i]))) return numbers;
    throw new OptionError('measure', option, 'a column of numbers', name);
  };
  const { classes, frequencies, scores } = flags;
  return {
    answers: await answersOf(table, flags),
    datastore: await datastoreOf(flags),
    classes: classes === undefined ? undefined : Array.from(columnOf('classes', classes), String),
    frequencies: numbersOf('frequencies', frequencies),
    scores: numbersOf('scores', scores),
  };
}

async function datastoreOf({ datastore, vector, quiet }: Flags): Promise<RowFacts['datastore']> {
  if (datastore === undefined) return undefined;
  return (await readInput(datastore, { vector, quiet })).points;
}

async function answersOf(table: VectorTable, flags: Flags): Promise<RowFacts['answers']> {
  const { queries: file, relevance } = flags;
  if (file === undefined && relevance === undefined) return undefined;
  if (file === undefined || relevance === undefined) {
    const [given, missing] = relevance ? ['relevance', 'queries'] : ['queries', 'relevance'];
    throw new OptionError('measure', missing, `given with --${given}`, undefined);
  }
  if (table.survey) throw new OptionError('measure', 'queries', 'left out for a sample', file);
  const { vector, label, quiet } = flags;
  const queries = await readInput(file, { vector, label, labelMayLack: true, quiet });
  return {
    queries: queries.points,
    judgements: await readJudgements(relevance, queries, table),
  };
}
