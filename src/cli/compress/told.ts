import type { Between } from '../../apps/verbs/compress.ts';
import type { GivenPlan } from '../../apps/verbs/compress-plan.ts';
import { grouped } from '../../core/text.ts';
import type { Encoded } from '../../families/compression/types.ts';
import { print, remarksOnce, say } from '../terminal.ts';

interface ToldFlags {
  readonly output: string;
  readonly queries?: string | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** What was coded, and the recall of ten neighbors and of as many as a plan promises. */
export interface Compressed {
  readonly encoded: Encoded;
  readonly recall?: Between | undefined;
  readonly kept?: Between | undefined;
  /** Of a table that was not read whole: how many rows the codec was fitted to, and among how many it was measured. */
  readonly drawn?: { readonly fitted: number; readonly measured: number } | undefined;
}

/** Says what was coded, and what was lost. */
export async function tellCompressed(
  { rows: n, cols: d }: { readonly rows: number; readonly cols: number },
  {
    encoded: { bytesPerVector, facts, warnings: own, engine },
    recall,
    kept: checked,
    drawn,
  }: Compressed,
  plan: GivenPlan | undefined,
  codec: string,
  { json, quiet, output, queries }: ToldFlags,
): Promise<void> {
  const promised = plan?.chosen.rescore === 1 ? plan.chosen.recallAt10 : undefined;
  const kept = promised && checked ? checked.high >= promised.low : undefined;
  const warnings = recall ? own : [...own, 'The recall of ten neighbours takes 11 rows or more.'];
  if (json) {
    const recallAt10 = recall ?? null;
    const askedBy = queries === undefined ? 'rows' : 'queries';
    const recallOf = drawn ? { rows: 'drawn', ...drawn, askedBy } : { rows: 'fitted', askedBy };
    const numbers = {
      codec,
      bytesPerVector,
      recallAt10,
      recallOf,
      n,
      d,
      engine,
      facts,
      warnings,
      promised,
      kept,
    };
    return print(JSON.stringify(numbers));
  }
  const times = Number(((4 * d) / bytesPerVector).toPrecision(3));
  await print(`${bytesPerVector} bytes a vector, ${times} times less than float32`);
  const who = queries === undefined ? '' : ' of the queries given';
  const fitted = drawn
    ? `among ${grouped(drawn.measured)} drawn rows; the codec was fitted to ${grouped(drawn.fitted)}, drawn on their own`
    : 'among rows that the codec was fitted to';
  if (recall) await print(`recall of 10 neighbours${who} ${inWords(recall)}, ${fitted}`);
  if (plan && plan.k !== 10 && checked)
    await print(`recall of ${plan.k} neighbours${who} ${inWords(checked)}, ${fitted}`);
  if (promised) await print(`promised ${inWords(promised)}: ${verdictOf(kept)}`);
  for (const [name, value] of Object.entries(facts))
    await print(`${name} ${Number(value.toPrecision(4))}`);
  if (quiet) return;
  for (const remark of remarksOnce(warnings)) say(remark);
  say(`Wrote ${n} × ${d} to ${output}`);
}

const verdictOf = (kept: boolean | undefined) =>
  kept === undefined ? 'too few rows to check it' : kept ? 'kept' : 'not kept';

const inWords = ({ value, low, high }: Between) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
