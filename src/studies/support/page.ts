import { exponentOf } from '../../apps/report/format.ts';
import {
  fixed,
  intervalPlot,
  lineChart,
  type Series,
  scatterChart,
  significant,
} from '../../apps/report/index.ts';
import type { DataSource, Study } from '../define.ts';
import {
  type DataRead,
  type Interval,
  type JudgedLine,
  meanCurves,
  meanScatter,
  type Verdict,
} from './judge.ts';
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
    `In brackets, 95 % intervals: ${howOf(study, seeds, lines)} A line holds where its whole interval meets the rule.`,
  ];
  if (study.curves) text.push('', `![${study.curves.title}](${id}-curves.svg)`);
  if (study.scatter) text.push('', `![${study.scatter.title}](${id}-scatter.svg)`);
  if (readings.length > 0) {
    text.push('', '| also measured | |', '|---|---|');
    text.push(...readings.map((reading) => row([reading.title, withInterval(reading)])));
  }
  if (deviations.length > 0) text.push('', '## Differences from the paper', '');
  text.push(...deviations.map((deviation) => `- ${deviation}`));
  text.push('', '## Data', '', ...data.map(dataLine));
  if (record.data) text.push('', readLine(record.data));
  text.push('', '## Repeat it', '');
  if (methods.length > 0) text.push(`Methods: ${methods.map(methodLink).join(', ')}.`, '');
  text.push('```sh', `tammes study ${id}${flagsOf(record)}`, '```', '');
  text.push(
    `Tammes ${versions.tammes}, engine ${engine}, ${seeds === 1 ? 'seed 1' : `seeds 1 to ${seeds}`}; every number of every seed: [${id}.json](${id}.json).`,
  );
  return `${text.join('\n')}\n`;
}

/** The Markdown index of all studies with their verdicts. */
export function studyIndex(all: readonly (readonly [study: Study, record: StudyRecord])[]): string {
  const rows = all.map(([{ id, paper, claim }, { verdict }]) =>
    row([`[${paper.title}](${id}.md)`, `${paper.authors} ${paper.year}`, claim, VERDICTS[verdict]]),
  );
  return `<!-- Written by \`tammes study\`. -->
# Studies

What papers claim, repeated beside fair baselines: \`tammes study ID\` repeats one. A study holds where all
of its lines hold, and in part where some do.

| paper | authors | claim | verdict |
|---|---|---|---|
${rows.join('\n')}
`;
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
      holds: line.holds,
      unit: unitText(line.unit),
      ...placed(line, rules[i]),
    })),
  })}\n`;
}

const KINDS: readonly Series[] = ['after', 'before', 'null'];

/** The second chart of a study that has curves: their means over the seeds. */
export function curvesChart({ curves }: Study, { id, repeats }: StudyRecord): string | undefined {
  if (!curves) return undefined;
  const { title, x, y, ...axes } = curves;
  const lines = Object.entries(meanCurves(repeats)).map(([label, curve], i) => ({
    label,
    kind: KINDS[i % KINDS.length],
    ...curve,
  }));
  const size = { width: 640, height: 340, xTitle: x, yTitle: y };
  const description = `${y} over ${x}: ${lines.map(({ label }) => label).join(', ')}.`;
  return `${lineChart({ id: `${id}-curves`, title, description, ...size, ...axes, lines })}\n`;
}

/** The chart of named points of a study that has one. */
export function scatterChartOf(
  { scatter }: Study,
  { id, repeats }: StudyRecord,
): string | undefined {
  if (!scatter) return undefined;
  const { title, x, y } = scatter;
  const points = Object.entries(meanScatter(repeats)).map(([label, at]) => ({
    label,
    kind: 'after' as const,
    ...at,
  }));
  const size = { width: 640, height: 400, xTitle: x, yTitle: y };
  const description = `${y} against ${x}: ${points.map(({ label }) => label).join(', ')}.`;
  return `${scatterChart({ id: `${id}-scatter`, title, description, ...size, points })}\n`;
}

/** The interval that the rule judges and its bounds, on the axis of the measured value and in its unit. */
function placed({ compared, baseline, unit, ...line }: JudgedLine, { of, min, max }: Rule) {
  const base = baseline?.measured ?? 0;
  const factor = factorOf(unit);
  const put = (x: number) => factor * (of === 'ratio' ? x * base : of === 'value' ? x : x + base);
  const { measured, low, high } = compared ?? line;
  const wanted = [min ?? -Infinity, max ?? Infinity].map(put).sort((a, b) => a - b);
  return {
    value: put(measured),
    low: Math.min(put(low), put(high)),
    high: Math.max(put(low), put(high)),
    wanted: [wanted[0], wanted[1]] as const,
    baseline: baseline && factor * base,
  };
}

function lineCells(line: JudgedLine, rule: Rule): string[] {
  const { claim, baseline, compared, unit, holds } = line;
  const phrase = phraseOf(rule, (value) => inUnit(value, unit));
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

function howOf(study: Study, seeds: number, lines: readonly JudgedLine[]): string {
  if (seeds > 1) return `Student’s, over ${seeds} seeds.`;
  if (lines.some(({ low, high }) => low < high)) return 'found by the run itself.';
  return study.seeds > 1 ? 'none, from one seed.' : 'none, since nothing is random here.';
}

interface Shown extends Interval {
  readonly unit?: string | undefined;
}

/** 43.571° [43.540, 43.602]; with as many decimals as two digits of the interval's width need. */
export function withInterval({ measured, low, high, unit }: Shown): string {
  const factor = factorOf(unit);
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

/** A number of a rule, as short as it was written. */
function inUnit(value: number, unit: string | undefined): string {
  const scaled = factorOf(unit) * value;
  const short = Number(scaled.toPrecision(12));
  const [, decimals = ''] = String(short).split('.');
  const text = Math.abs(short) < 1e-6 ? significant(scaled) : fixed(short, decimals.length);
  return text + unitText(unit);
}

/** Shares are shown in per cent. */
const factorOf = (unit: string | undefined) => (unit === '%' ? 100 : 1);

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

function flagsOf({ quick, data = {} }: StudyRecord): string {
  const isFull = Object.values(data).includes('full');
  return `${quick ? ' --quick' : ''}${isFull ? ' --data FOLDER' : ''}`;
}

/** Which of a set this run had: what the repository ships, or the full one. */
function readLine(read: DataRead): string {
  const named = (from: string) =>
    Object.keys(read)
      .filter((name) => read[name] === from)
      .join(', ');
  const [shipped, full] = [named('study-data'), named('full')];
  return [
    ...(shipped ? [`This run read what \`study-data\` has of ${shipped}.`] : []),
    ...(full ? [`This run read the full sets, given by \`--data\`: ${full}.`] : []),
  ].join(' ');
}

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
