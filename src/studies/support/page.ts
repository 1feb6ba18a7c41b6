import { exponentOf } from '../../report/format.ts';
import { fixed, intervalPlot, percent, significant } from '../../report/index.ts';
import type { DataSource, Study } from '../define.ts';
import type { Interval, JudgedLine, Verdict } from './judge.ts';
import { phraseOf, type Rule } from './rules.ts';
import type { StudyRecord } from './run-study.ts';

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  'holds-in-part': 'holds in part',
  'does-not-hold': 'does not hold here',
};

/** The Markdown page of a study: a function of the study and what was recorded, and of nothing else. */
export function studyPage(study: Study, record: StudyRecord): string {
  const { id, paper, claim, data, methods, deviations = [] } = study;
  const { verdict, lines, readings, seeds, engine, versions, quick } = record;
  const held = lines.filter(({ holds }) => holds).length;
  const text = [
    `<!-- Written by \`tammes study ${id}\`. -->`,
    `# ${paper.title}`,
    '',
    `${paper.authors} (${paper.year}), ${linked(paper.source)}`,
    '',
    claim,
    '',
    `**${capital(VERDICTS[verdict])}**: ${held} of ${lines.length} lines hold${quick ? ', in the quick form' : ''}.`,
    '',
    `![Each line, its interval and where it ought to lie](${id}.svg)`,
    '',
    '| line | measured | baseline | rule | holds |',
    '|---|---|---|---|---|',
    ...Object.values(study.lines).map(({ holds }, i) => row(lineCells(lines[i], holds))),
    '',
    `In brackets, 95 % intervals: ${howOf(seeds, lines)} A line holds where its whole interval meets the rule.`,
  ];
  if (readings.length > 0) {
    text.push('', '| also measured | |', '|---|---|');
    text.push(...readings.map((reading) => row([reading.title, withInterval(reading)])));
  }
  if (deviations.length > 0) text.push('', '## Differences from the paper', '');
  text.push(...deviations.map((deviation) => `- ${deviation}`));
  text.push('', '## Data', '', ...data.map(dataLine));
  text.push('', '## Repeat it', '', 'Methods: '.concat(methods.map(methodLink).join(', '), '.'), '');
  text.push('```sh', `tammes study ${id}${quick ? ' --quick' : ''}`, '```', '');
  text.push(
    `Tammes ${versions.tammes}, engine ${engine}, ${seeds === 1 ? 'seed 1' : `seeds 1 to ${seeds}`}; every number of every seed: [${id}.json](${id}.json).`,
  );
  return `${text.join('\n')}\n`;
}

/** The chart of a study: every line on an axis of its own. */
export function studyChart(study: Study, { id, lines, verdict }: StudyRecord): string {
  const rules = Object.values(study.lines).map(({ holds }) => holds);
  return `${intervalPlot({
    id,
    width: 640,
    title: study.paper.title,
    description: `${capital(VERDICTS[verdict])}: ${lines.map(({ claim, holds }) => `${claim} ${holds ? 'holds' : 'does not hold'}.`).join(' ')}`,
    rows: lines.map((line, i) => ({
      name: line.claim,
      ...placed(line, rules[i]),
      baseline: line.baseline?.measured,
      holds: line.holds,
      shown: (value: number) => tickText(value, line.unit),
    })),
  })}\n`;
}

/** The interval that the rule judges and its bounds, both on the axis of the measured value. */
function placed(
  { compared, baseline, ...line }: JudgedLine,
  rule: Rule,
): { value: number; low: number; high: number; wanted: [number, number] } {
  const { measured: base = 0 } = baseline ?? {};
  const { min = -Infinity, max = Infinity } = rule;
  const put = (x: number) => (rule.of === 'ratio' ? x * base : rule.of === 'value' ? x : x + base);
  const { measured, low, high } = compared ?? line;
  const [value, ...ends] = [measured, low, high].map(put);
  const wanted = [min, max].map(put).sort((a, b) => a - b);
  return {
    value,
    low: Math.min(...ends),
    high: Math.max(...ends),
    wanted: [wanted[0], wanted[1]],
  };
}

function lineCells(line: JudgedLine, rule: Rule): string[] {
  const { claim, baseline, compared, unit, holds } = line;
  const phrase = phraseOf(rule, (value) => tickText(value, unit));
  const by = compared && withInterval({ ...compared, unit: compared.of === 'ratio' ? '' : unit });
  const what = compared?.of === 'ratio' ? 'ratio' : 'difference';
  return [
    claim,
    withInterval(line),
    baseline ? `${baseline.name}: ${withInterval({ ...baseline, unit })}` : '',
    by ? `${phrase}; ${what} ${by}` : phrase,
    holds ? 'yes' : 'no',
  ];
}

function howOf(seeds: number, lines: readonly JudgedLine[]): string {
  if (seeds > 1) return `Student’s, over ${seeds} seeds.`;
  return lines.some(({ low, high }) => low < high)
    ? 'of one run, which says how it found them.'
    : 'none, since nothing is random here.';
}

interface Shown extends Interval {
  readonly unit?: string | undefined;
}

/** 43.571° [43.540, 43.602]; with as many decimals as two digits of the interval's width need. */
export function withInterval({ measured, low, high, unit }: Shown): string {
  const factor = unit === '%' ? 100 : 1;
  const width = (high - low) * factor;
  const value = (x: number) =>
    width > 0
      ? fixed(x * factor, Math.min(6, Math.max(0, 1 - exponentOf(width, 2))))
      : significant(x * factor, 4);
  const after = unitText(unit);
  return width > 0
    ? `${value(measured)}${after} [${value(low)}, ${value(high)}]`
    : `${value(measured)}${after}`;
}

function tickText(value: number, unit: string | undefined): string {
  if (unit === '%') return percent(value, Number.isInteger(round(value * 100, 6)) ? 0 : 1);
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e7 ? plain(value) : significant(value, 3);
  return `${text}${unitText(unit)}`;
}

/** A number as short as it is, without the noise of rounding. */
function plain(value: number): string {
  const decimals = (String(round(value, 6)).split('.')[1] ?? '').length;
  return fixed(value, decimals);
}

const round = (value: number, decimals: number) => Number(value.toFixed(decimals));

function unitText(unit: string | undefined): string {
  if (!unit) return '';
  return unit === '°' ? unit : ` ${unit}`;
}

function linked(source: string): string {
  const [, arxiv] = /^arXiv:(\S+)$/.exec(source) ?? [];
  if (arxiv) return `[${source}](https://arxiv.org/abs/${arxiv})`;
  const [, doi] = /^doi:(\S+)$/.exec(source) ?? [];
  return doi ? `[${source}](https://doi.org/${doi})` : source;
}

const methodLink = (key: string) => `[${key}](../methods/${key}.md)`;

const dataLine = ({ name, source, licence }: DataSource) => `- ${name}: ${source}; ${licence}.`;

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
