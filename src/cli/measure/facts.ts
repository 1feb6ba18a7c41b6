import { OptionError } from '../../core/errors.ts';
import { readJudgements, type VectorTable } from '../../io/index.ts';
import type { RowFacts } from '../../structures/space/types.ts';
import { readInput } from '../input.ts';
import { namedColumns } from './columns.ts';
import type { Flags } from './flags.ts';

/** What the flags say is known of each row. */
export async function factsOf(table: VectorTable, flags: Flags): Promise<RowFacts> {
  const columns = namedColumns('measure', table);
  const { classes, frequencies, scores } = flags;
  return {
    answers: await answersOf(table, flags),
    datastore: await datastoreOf(flags),
    classes: columns.words('classes', classes),
    frequencies: columns.numbers('frequencies', frequencies),
    scores: columns.numbers('scores', scores),
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
    throw new OptionError('measure', missing, `given with --${given}`, 'nothing');
  }
  if (table.survey) throw new OptionError('measure', 'queries', 'left out for a sample', file);
  const { vector, label, quiet } = flags;
  const queries = await readInput(file, { vector, label, labelMayLack: true, quiet });
  return {
    queries: queries.points,
    judgements: await readJudgements(relevance, queries, table),
  };
}
