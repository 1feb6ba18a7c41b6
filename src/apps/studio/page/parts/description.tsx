import { useSignal } from '@preact/signals';
import { percent, significant } from '../../../report/format.ts';
import type { TableInfo } from '../../contract.ts';
import { selection } from '../state/selection.ts';
import { act } from '../state/session.ts';
import { RowList } from './row-list.tsx';

interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface DescriptionFacts {
  readonly sentence?: string;
  readonly numbers?: readonly { readonly title: string; readonly area: Share }[];
  readonly categories?: readonly {
    readonly field: string;
    readonly category: string;
    readonly inside: Share;
    readonly outside: Share;
  }[];
  readonly words?: readonly { readonly word: string; readonly inside: number }[];
  readonly typical?: readonly {
    readonly row: number;
    readonly label: string;
    readonly cosine: number;
  }[];
}

const MOST = 8;

/** What tells the selected rows from all others. */
export function Description({ of }: { readonly of: TableInfo }) {
  const facts = useSignal<DescriptionFacts | undefined>(undefined);
  const described = useSignal<Int32Array | undefined>(undefined);
  const chosen = selection.value?.table === of.id ? selection.value : undefined;
  if (!chosen) return null;
  const run = async () => {
    const answer = await act('Describe', 'describe', { table: of.id, rows: [...chosen.rows] });
    facts.value = answer?.facts as DescriptionFacts | undefined;
    described.value = chosen.rows;
  };
  const known = described.value === chosen.rows ? facts.value : undefined;
  return (
    <section>
      <h3>What tells them from the rest</h3>
      {!known && (
        <p class="buttons">
          <button type="button" onClick={() => void run()}>
            Describe them
          </button>
        </p>
      )}
      {known && (
        <>
          <p>{known.sentence}</p>
          {known.words && known.words.length > 0 && (
            <p class="words">
              {known.words.slice(0, 2 * MOST).map(({ word }) => (
                <span key={word}>{word}</span>
              ))}
            </p>
          )}
          <dl class="pairs">
            {known.categories?.slice(0, MOST).map(({ field, category, inside, outside }) => (
              <div key={`${field} ${category}`}>
                <dt>
                  {field}: {category}
                </dt>
                <dd>
                  {percent(inside.value)} of these ({percent(inside.low)} to {percent(inside.high)}
                  ), {percent(outside.value)} of the others
                </dd>
              </div>
            ))}
            {known.numbers?.slice(0, MOST).map(({ title, area }) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>
                  higher than in another row with probability {significant(area.value, 2)} (
                  {significant(area.low, 2)} to {significant(area.high, 2)})
                </dd>
              </div>
            ))}
          </dl>
          {known.typical && known.typical.length > 0 && (
            <>
              <p class="group">typical rows</p>
              <RowList
                table={of.id}
                rows={known.typical.slice(0, MOST).map(({ row, label, cosine }) => ({
                  row,
                  label,
                  score: cosine,
                }))}
              />
            </>
          )}
        </>
      )}
    </section>
  );
}
