import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Study,
  type StudyRecord,
  studyChart,
  studyPage,
  VERDICTS,
  withInterval,
} from '../../studies/index.ts';
import { writeBytes } from '../files.ts';

/** Writes the page, its chart and the raw numbers; returns the paths. */
export async function writePage(
  folder: string,
  study: Study,
  record: StudyRecord,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = [
    [`${study.id}.json`, recordText(record)],
    [`${study.id}.svg`, studyChart(study, record)],
    [`${study.id}.md`, studyPage(study, record)],
  ] as const;
  for (const [name, text] of files) await writeBytes(join(folder, name), text);
  return files.map(([name]) => join(folder, name));
}

export function recordText(record: StudyRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`;
}

/** The result for people: verdict, lines, readings. */
export function resultText(study: Study, { verdict, lines, readings, seeds }: StudyRecord): string {
  const { authors, title, year, source } = study.paper;
  return [
    `${authors}, ${title} (${year}), ${source}`,
    study.claim,
    '',
    ...lines.map(({ claim, holds, baseline, unit, ...interval }) => {
      const beside = baseline
        ? `; ${baseline.name} ${withInterval({ ...baseline, unit })}`
        : '';
      return `${holds ? 'yes' : 'no '}  ${claim}: ${withInterval({ ...interval, unit })}${beside}`;
    }),
    ...readings.map((reading) => `     ${reading.title}: ${withInterval(reading)}`),
    '',
    `${study.id} ${VERDICTS[verdict]} (${seeds === 1 ? '1 seed' : `${seeds} seeds`}).`,
  ].join('\n');
}
