import type { MetricRow } from '../../../families/metrics/types.ts';
import type { HubCorrectionName } from '../../../structures/neighbors/corrected-neighbors.ts';
import type { Examined, Rule } from '../contract.ts';
import { above, digits, named, percent, spreadCommand } from './shared.ts';

const HUBS = 1;

/** A few rows answer every search. */
export const hubs: Rule = {
  id: 'hubs',
  summary: `Hubs: the skewness of the 10-occurrence is above ${HUBS} and above its null.`,
  reads: ['hubness-skewness', 'largest-hub', 'anti-hubs', 'hubness-corrections'],
  explains: ['anti-hubs'],
  examine(file) {
    const skewness = file.metric('hubness-skewness');
    if (!above(skewness, HUBS)) return undefined;
    const largest = file.metric('largest-hub');
    const rows = largest?.rows ?? skewness?.rows ?? [];
    const never = file.metric('anti-hubs')?.value;
    const who = rows.length > 0 ? `: ${named(rows, file)}` : '';
    const others =
      typeof never === 'number' ? `, while ${percent(never)} of the rows are in no list` : '';
    return {
      severity: 'warning',
      sentence: `A few rows are among the neighbours of very many (hubness skewness ${digits(skewness?.value ?? NaN)}${who})${others}: searches return the same rows again and again.`,
      rows,
      columns: [],
      fix: spreadCommand(file) + corrected(file.metric('hubness-corrections'), file),
      cure: { id: 'disperse' },
    };
  },
};

/** One row in so many that no list holds is a loss that a search shows. */
const UNFOUND = 0.05;

/** Rows that no search by neighbours returns. */
export const antiHubs: Rule = {
  id: 'anti-hubs',
  summary: `Anti-hubs: more than ${percent(UNFOUND)} of the rows are among the 10 nearest of no other, and more than by chance.`,
  reads: ['anti-hubs', 'hubness-corrections'],
  examine(file) {
    const share = file.metric('anti-hubs');
    if (!above(share, UNFOUND)) return undefined;
    const rows = share?.rows ?? [];
    const who = rows.length > 0 ? `: ${named(rows, file)}` : '';
    return {
      severity: 'warning',
      sentence: `${percent(share?.value ?? NaN)} of the rows are among the nearest neighbours of no other${who}: a search for a row never returns them.`,
      rows,
      columns: [],
      fix: spreadCommand(file) + corrected(file.metric('hubness-corrections'), file),
      cure: { id: 'disperse' },
    };
  },
};

/** Methods that `--correct` takes, by what they are called in the table of corrections. */
const METHODS: Readonly<Partial<Record<string, string>>> = {
  centring: 'centering',
  'local scaling': 'local-scaling',
  CSLS: 'csls',
  'mutual proximity (empirical)': 'mutual-proximity',
  'rank to normal, mutual proximity': 'rank-to-normal',
} satisfies Partial<Record<HubCorrectionName, string>>;

/** What the best correction of neighbour lists would do, where one was tried. */
function corrected(row: MetricRow | undefined, file: Examined): string {
  const best = row?.table?.find(({ skewness }) => skewness === row.value);
  if (!best) return '';
  const { correction, replaced } = best;
  const left = digits(row?.value ?? Number.NaN);
  const method = METHODS[String(correction)];
  const command = method
    ? ` (tammes measure ${file.source} --save-neighbors lists.npz --correct ${method})`
    : '';
  return `, or re-rank neighbours by ${correction}, which leaves a skewness of ${left} and replaces ${percent(Number(replaced))} of them${command}`;
}
