import { counted } from '../../../../core/text.ts';
import { RowList } from '../parts/row-list.tsx';
import { shortened } from '../state/labels.ts';
import { found, query, search } from '../state/search.ts';
import { select } from '../state/selection.ts';
import { act, can } from '../state/session.ts';
import { map, placed, table } from '../state/view.ts';
import type { PanelInfo } from './contract.ts';

export const searching: PanelInfo = {
  id: 'search',
  title: 'Search',
  about: 'Rows like a row, a label, a formula of labels, a pasted vector, or words.',
  key: '4',
  group: 'look',
  Panel: SearchPanel,
};

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['row 17', 'what is near that row'],
  ['a label', 'what is near it'],
  ['king - man + woman', 'a formula of labels'],
  ['0.1 0.7 −0.2 …', 'a vector that you paste'],
  ['some words', 'rows with these words in their label'],
];
const MORE = 100;

function SearchPanel() {
  const of = table.value;
  if (!of) return <p class="empty">Open a file first.</p>;
  const known = found.value?.table === of.id ? found.value : undefined;
  if (!known)
    return (
      <section>
        <p>Type into the box above. It understands</p>
        <dl class="pairs">
          {EXAMPLES.map(([text, meaning]) => (
            <div key={text}>
              <dt>
                <code>{text}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
    );
  const { hits, question } = known;
  return (
    <section class="fill">
      <p class="small">
        {counted(hits.length, 'row')} for <b>{known.query}</b>, read as {question.reading}. They are
        ringed on the map.
      </p>
      {known.notes.map((note) => (
        <p class="small" key={note}>
          {note}
        </p>
      ))}
      <RowList table={of.id} rows={hits} empty="Nothing was found.">
        <p class="buttons">
          <button
            type="button"
            onClick={() =>
              select(
                of.id,
                hits.map(({ row }) => row),
                { how: 'search' },
              )
            }
          >
            Select them
          </button>
          {hits.length < MORE && (
            <button type="button" onClick={() => void search(of.id, query.value, MORE)}>
              {MORE} rows
            </button>
          )}
          {can('place') &&
            map.value?.places &&
            question.parameters['words'] === undefined &&
            map.value.table === of.id && (
              <button type="button" onClick={() => void place(of.id)}>
                Put the query on the map
              </button>
            )}
        </p>
      </RowList>
    </section>
  );
}

/** The query as a point of its own among the others. */
async function place(table: string): Promise<void> {
  const known = found.value;
  if (!known || !map.value) return;
  const { words: _, ...question } = known.question.parameters;
  const answer = await act('Place', 'place', { map: map.value.id, ...question });
  const point = answer?.arrays?.['point']?.data as Float32Array | undefined;
  if (point) placed.value = { map: map.value.id, table, point, text: shortened(known.query) };
}
