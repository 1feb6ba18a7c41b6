/**
 * Colours and type of every chart.
 *
 * Each colour is a CSS variable with a value of its own, so that a chart follows the page it stands
 * in (light, dark, print) and still looks right alone in a file. The series colours are told apart
 * by readers with any colour vision and in grey print: vermilion is dashed, blue is solid.
 */
export const theme = {
  ink: 'var(--tm-ink,#1b1b1a)',
  muted: 'var(--tm-muted,#62625d)',
  grid: 'var(--tm-grid,#e4e3de)',
  paper: 'var(--tm-paper,#fff)',
  before: 'var(--tm-before,#bf4e0b)',
  after: 'var(--tm-after,#0b63a5)',
  null: 'var(--tm-null,#1b1b1a)',
  font: 'var(--tm-font,-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,sans-serif)',
} as const;

/** Size of labels in the unit of the drawing. */
export const FONT_SIZE = 12;

/** Width of a text in the unit of the drawing, rather too wide, to keep labels apart. */
export function textWidth(text: string, size = FONT_SIZE): number {
  let width = 0;
  for (const c of text) width += "iljtfr.,:;|!()' ".includes(c) ? 0.34 : c > '\u2e7f' ? 1 : 0.6;
  return width * size;
}

/** One curve or distribution: how it is drawn and called. */
export type Series = 'before' | 'after' | 'null';

export const SERIES: Readonly<Record<Series, { color: string; dash: string; width: number }>> = {
  before: { color: theme.before, dash: '5 3', width: 1.6 },
  after: { color: theme.after, dash: '', width: 1.8 },
  null: { color: theme.null, dash: '1 2.5', width: 1.3 },
};
