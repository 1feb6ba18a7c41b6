/** A whole number times 10^−scale: as a number where that is exact to the last digit kept, else as text. */
export function decimalValue(unscaled: bigint, scale: number): number | string {
  const number = Number(unscaled);
  // Both are exact, so the quotient is the nearest float64.
  if (Number.isSafeInteger(number) && scale >= 0 && scale <= 22) return number / 10 ** scale;
  if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString();
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Digits behind the second that a unit has: milliseconds 3, nanoseconds 9. */
export function timeText(count: bigint, digits: number): string {
  const unit = 10n ** BigInt(digits);
  let seconds = count / unit;
  let rest = count % unit;
  if (rest < 0n) {
    seconds -= 1n;
    rest += unit;
  }
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.valueOf())) return `${count} / ${unit} s`;
  const fraction = rest.toString().padStart(digits, '0').slice(0, digits).padEnd(3, '0');
  // Milliseconds are always written; the finer digits where there are any.
  const fine = fraction.slice(3).replace(/0+$/, '');
  return date.toISOString().replace(/\.\d{3}Z$/, `.${fraction.slice(0, 3)}${fine}Z`);
}

/** Bytes as hexadecimal digits. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** 16 bytes in the form of a UUID. */
export function uuidText(bytes: Uint8Array): string {
  const hex = hexText(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

/** A big-endian whole number in two's complement. */
export function wholeOfBytes(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${hexText(bytes)}`));
}
