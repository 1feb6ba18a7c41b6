interface Answer {
  readonly rows: readonly number[];
  readonly scores: readonly number[];
  readonly exact: boolean;
  readonly estimatedRecall: number | null;
  readonly reason?: string;
}

/** The rows by name, or number, with their scores, and why there are no more. `names` are in the order of the rows. */
export function inWords(
  { rows, scores, exact, estimatedRecall, reason }: Answer,
  names?: readonly (string | undefined)[],
): string {
  const shown = rows.map((row, i) => `${names?.[i] ?? row} (${scores[i].toFixed(3)})`);
  const recall =
    exact || estimatedRecall === null ? [] : [`[recall ${estimatedRecall.toFixed(2)}]`];
  return [...shown, ...recall, ...(reason ? [reason] : [])].join('  ');
}
