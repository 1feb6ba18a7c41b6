/** Encodings of text that can be read. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'] as const;

export type Encoding = (typeof ENCODINGS)[number];
