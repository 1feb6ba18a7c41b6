import { InputError, OptionError } from '../../../core/errors.ts';
import { integer } from '../../../method/options.ts';
import type { StudioTable } from '../session/state.ts';
import { defineAction } from './define.ts';
import { packedList } from './support/changes.ts';
import { nameOfRow, tableOf, textsOfTable } from './support/lookup.ts';
import { queryVector } from './support/query-vector.ts';
import { questionOf, questionParameters, questionWords } from './support/question.ts';

/**
 * Rows that answer a query: the nearest to a row, a label, a formula, a text or a vector, or those whose label (or field) has some
 * words.
 *
 * Facts: `query` in words; `matches [{row, label, score}]`: cosines, nearest first, or for `words` 3 where the text is the words, 2 where it
 * begins with them, 1 where it has them; `count` of all that match (of words); `unknown [{word, from}]`, words of the question that are not
 * there and what stands for them; `reason` where there are fewer than asked for. Arrays `rows`, `scores`. `place` puts the same query on a map.
 */
export const search = defineAction({
  id: 'search',
  summary:
    'Rows nearest to a row, a label, a formula, a text or a vector, or rows with some words.',
  parameters: {
    table: { kind: 'text', doc: 'Id of the table.', default: 'a' },
    ...questionParameters,
    words: {
      kind: 'text',
      doc: 'Part of a label, or of the text of a field; case does not count.',
    },
    field: {
      kind: 'text',
      doc: 'Field whose texts are looked through for words; left out, the labels.',
    },
    k: integer(10, 'How many rows.', { min: 1, max: 10_000 }),
  },
  isStep: false,
  isQuick: true,
  async run(state, parameters, context) {
    const { table: id, words, field, k } = parameters;
    const owner = tableOf('search', state, id);
    const question = questionOf('search', parameters);
    if (question && words !== undefined)
      throw new OptionError('search', 'words', 'left out where something else is asked', words);
    if (words !== undefined) return answered(words, ...withWords(owner, words, field, k));
    if (!question)
      throw new InputError(
        'search',
        'nothing is asked: give a row, a label, a formula, a text, a vector or words.',
      );
    const { neighbors, unknown, reason } = await queryVector(owner, question, k, context);
    const matches = neighbors.map(({ row, cosine }) => ({
      row,
      label: nameOfRow(owner, row),
      score: cosine,
    }));
    const words_ = questionWords(question);
    const answer = answered(words_, matches, matches.length);
    return {
      ...answer,
      facts: { ...answer.facts, unknown, ...(reason !== undefined && { reason }) },
    };
  },
});

interface Match {
  readonly row: number;
  readonly label: string;
  readonly score: number;
}

function answered(query: string, matches: readonly Match[], count: number) {
  return {
    facts: { query, matches, count },
    arrays: {
      rows: packedList(Int32Array.from(matches, ({ row }) => row)),
      scores: packedList(Float64Array.from(matches, ({ score }) => score)),
    },
  };
}

function withWords(
  owner: StudioTable,
  words: string,
  field: string | undefined,
  k: number,
): [readonly Match[], number] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') throw new OptionError('search', 'words', 'text that is not empty', words);
  const texts = field === undefined ? owner.table.labels : textsOfTable('search', owner, field);
  if (!texts) throw new InputError('search', `table ${owner.id} has no labels; name a field.`);
  const found = texts.flatMap((text, row) => {
    const score = likeness(text.toLowerCase(), wanted);
    return score > 0 ? [{ row, label: nameOfRow(owner, row), score }] : [];
  });
  const best = found.toSorted((a, b) => b.score - a.score || a.row - b.row);
  return [best.slice(0, k), found.length];
}

function likeness(text: string, wanted: string): number {
  if (text === wanted) return 3;
  if (text.startsWith(wanted)) return 2;
  return Number(text.includes(wanted));
}
