/** Bytes from the beginning of a file that formats are recognised by. */
export const HEAD_BYTES = 1 << 18;
