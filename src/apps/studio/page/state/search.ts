import { signal } from '@preact/signals';
import type { Answer } from '../../contract.ts';
import { labelsOf } from './arrays.ts';
import { type Question, questionOf } from './question.ts';
import { pin, ringed } from './selection.ts';
import { act, can } from './session.ts';
import { say } from './toasts.ts';
import { panel } from './ui.ts';

/** A row that was found, the best first. */
export interface Hit {
  readonly row: number;
  readonly label: string;
  readonly score: number;
}

export interface Found {
  readonly table: string;
  readonly query: string;
  readonly question: Question;
  readonly hits: readonly Hit[];
  /** What else is to be said of it: words that are not there, why there are fewer than asked for. */
  readonly notes: readonly string[];
}

export const query = signal('');
export const found = signal<Found | undefined>(undefined);

/** Searches for what was typed: a row, a label, a formula of labels, numbers of a vector, or words. */
export async function search(table: string, text: string, k: number): Promise<void> {
  query.value = text;
  panel.value = 'search';
  if (text.trim() === '') return;
  if (!can('search')) {
    say('This session cannot search.', 'error');
    return;
  }
  const labels = new Set(labelsOf(table) ?? []);
  const question = questionOf(text, (label) => labels.has(label));
  const answer = await act('Search', 'search', { table, k, ...question.parameters });
  if (!answer) return;
  const hits = hitsOf(answer);
  found.value = { table, query: text, question, hits, notes: notesOf(answer) };
  ringed.value = { table, rows: hits.map(({ row }) => row) };
  if (hits.length > 0) pin(table, hits[0].row);
}

/** The rows of an answer that lists rows with scores. */
export function hitsOf({ facts }: Answer): readonly Hit[] {
  return (facts['matches'] ?? []) as readonly Hit[];
}

function notesOf({ facts }: Answer): readonly string[] {
  const unknown = (facts['unknown'] ?? []) as readonly { word?: string; from?: unknown }[];
  const reason = facts['reason'];
  return [
    ...unknown.map(({ word }) => `${word ?? 'A word'} is no label here.`),
    ...(typeof reason === 'string' ? [reason] : []),
  ];
}
