/** A name in SQL. */
export const quotedName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A text in SQL. */
export const quotedText = (text: string) => `'${text.replaceAll("'", "''")}'`;
