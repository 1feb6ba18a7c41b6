const POINTER = /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n/;
const PAGE = /^\s*<(?:!doctype\s+html|html|head|body)\b/i;
const XML = /^\s*<\?xml\b/i;

/** First bytes of files that hold no vectors as such, and what to do with them. */
const MAGIC: readonly (readonly [start: string, sentence: string])[] = [
  ['\x89HDF\r\n\x1a\n', 'the file is HDF5; export the array as npy (numpy.save).'],
  ['SQLite format 3\0', 'the file is an SQLite database; export the table as CSV or Parquet.'],
  ['%PDF-', 'the file is a PDF.'],
  ['\x89PNG', 'the file is a picture (PNG).'],
  ['7z\xbc\xaf\x27\x1c', 'the file is packed by 7-Zip; unpack it first.'],
];

/** Bytes that tell. */
const HEAD = 1024;

/** What a file is that was saved under the name of another, as a sentence; undefined where it may be vectors. */
export function strangerOf(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, HEAD));
  const text = start.startsWith('\xef\xbb\xbf') ? start.slice(3) : start;
  if (POINTER.test(text)) {
    const size = /^size (\d+)$/m.exec(text)?.[1];
    const bytes = size === undefined ? '' : `, which have ${size} bytes`;
    return `the file is a pointer of Git LFS, not the data${bytes}; fetch them (git lfs pull).`;
  }
  if (PAGE.test(text)) {
    const title = /<title>\s*([^<\n]{1,80}?)\s*</i.exec(text)?.[1];
    const named = title === undefined ? '' : ` (${JSON.stringify(title)})`;
    return `the file is an HTML page${named}, not vectors; the download seems to have failed.`;
  }
  if (XML.test(text)) {
    const code = /<Code>([^<]{1,60})<\/Code>/.exec(text)?.[1];
    return code === undefined
      ? 'the file is XML, which is not read.'
      : `the file is an error message in XML (${code}), not vectors; the download seems to have failed.`;
  }
  if (text.slice(257, 262) === 'ustar') return 'the file is a tar archive; unpack it first.';
  return MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
}
