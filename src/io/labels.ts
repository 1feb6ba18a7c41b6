import { createOutput, openSource } from '#files';
import { refuse, type Source } from './contract.ts';
import { strangerOf } from './support/strangers.ts';
import { textLines } from './support/text.ts';

/** A line as a label: as it stands, or as JSON where it is a JSON string. */
function labelOf(line: string): string {
  if (!line.startsWith('"') || line.length < 2) return line;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : line;
  } catch {
    return line;
  }
}

/** A label as a line: as it stands, or as JSON where it has a line break or could be taken for JSON. */
function lineOf(label: string): string {
  return /[\n\r]/.test(label) || labelOf(label) !== label || label.startsWith('\ufeff')
    ? JSON.stringify(label)
    : label;
}

/** Labels from a text file, one a line; a line that is a JSON string stands for its value. */
export async function readLabels(source: Source): Promise<string[]> {
  const bytes = await openSource(source);
  try {
    const stranger = strangerOf(await bytes.read(0, Math.min(1024, bytes.size)));
    if (stranger !== undefined) refuse(bytes, stranger);
    const labels: string[] = [];
    for await (const line of textLines(bytes)) labels.push(labelOf(line));
    return labels;
  } finally {
    await bytes.close();
  }
}

/** Writes labels, one a line; those with line breaks as JSON strings. */
export async function writeLabels(path: string, labels: readonly string[]): Promise<void> {
  const output = await createOutput(path);
  const encoder = new TextEncoder();
  try {
    for (let a = 0; a < labels.length; a += 10000) {
      const lines = labels.slice(a, a + 10000).map(lineOf);
      await output.write(encoder.encode(`${lines.join('\n')}\n`));
    }
    await output.commit();
  } catch (cause) {
    await output.discard();
    throw cause;
  }
}
