import { checksumOf } from '../../../core/checksum.ts';
import type { Floats } from '../../../core/matrix.ts';
import type { Examples, LearnerRunOptions } from '../types.ts';

/** Options that a run that goes on may change: how long it is, and how far its steps go. */
const FREE = new Set([
  'steps',
  'epochs',
  'learningRate',
  'manifoldRate',
  'weightDecay',
  'schedule',
  'clip',
  'patience',
]);

/** What a training that goes on must have as it began: the learner, its examples, and options but those of steps. */
export function conditionsOf(
  learner: string,
  examples: Examples,
  options: Readonly<Record<string, unknown>>,
  { spread, codes }: Pick<LearnerRunOptions, 'spread' | 'codes'>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(options).filter(([name]) => !FREE.has(name));
  return {
    learner,
    ...checksumsOf(examples),
    ...Object.fromEntries(kept.map(([name, value]) => [name, JSON.stringify(value)])),
    spread: spread ? JSON.stringify(spread.terms) : 'none',
    codes: codes ? numbersInWords(codes.vectors.data) : 'none',
  };
}

function checksumsOf({
  points,
  others,
  previous,
  teachers = [],
  classes,
  texts,
  translations,
  scores,
  edges,
  fields = [],
  words,
}: Examples): Record<string, string> {
  const found: Record<string, string> = {};
  const teacherNames = Object.fromEntries(teachers.map((rows, t) => [`teacher ${t}`, rows]));
  for (const [name, given] of Object.entries({
    points,
    others,
    previous,
    words: words?.points,
    ...teacherNames,
  }))
    if (given) found[name] = `${given.rows} × ${given.cols}, ${numbersInWords(given.data)}`;
  for (const [name, list] of Object.entries({
    classes,
    texts,
    translations,
    'labels of words': words?.labels,
  }))
    if (list) found[name] = `${list.length}, checksum ${checksumOf(textBytes(list))}`;
  for (const { name, values } of fields)
    found[`field ${name}`] = `${values.length}, checksum ${checksumOf(textBytes(values))}`;
  if (scores)
    found['scores'] = `${scores.length} scores, ${numbersInWords(Float64Array.from(scores))}`;
  if (edges) {
    const ends = Float64Array.from([...Array.from(edges.from), ...Array.from(edges.to)]);
    found['edges'] = `${edges.from.length} edges, ${numbersInWords(ends)}`;
  }
  return found;
}

const numbersInWords = (data: Floats) => `checksum ${checksumOf(data)}`;

const textBytes = (list: readonly string[]) => new TextEncoder().encode(JSON.stringify(list));
