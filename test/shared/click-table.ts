import { writeFileSync } from 'node:fs';

/** Who clicks what, by fields of words and numbers, one of which is missing; and how it is learned. */
export function clickTable(at: (file: string) => string, file: string) {
  const rows = Array.from({ length: 60 }, (_, i) =>
    JSON.stringify({ user: i === 3 ? null : i % 4, item: `i${i % 5}`, clicked: i % 3 === 0 }),
  );
  writeFileSync(at(file), `${rows.join('\n')}\n`);
  return ['learn', 'clicks', file, '--fields', 'user,item', '--classes', 'clicked'];
}
