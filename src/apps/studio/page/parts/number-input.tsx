import { useState } from 'preact/hooks';

/** A number that is typed: it stays as it is typed until it is done, whatever else the page draws anew meanwhile. */
export function NumberInput({
  value,
  min,
  max,
  step = 1,
  label,
  onChange,
}: {
  readonly value: number;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | 'any';
  readonly label?: string;
  /** A whole number in the range where steps are whole; undefined where nothing is typed. */
  readonly onChange: (value: number | undefined) => void;
}) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  return (
    <input
      type="number"
      aria-label={label}
      min={min}
      max={max}
      step={step}
      value={typed ?? String(value)}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => {
        const given = event.currentTarget.valueAsNumber;
        const whole = step === 'any' ? given : Math.round(given);
        setTyped(undefined);
        onChange(
          Number.isNaN(given)
            ? undefined
            : Math.min(max ?? Infinity, Math.max(min ?? -Infinity, whole)),
        );
      }}
    />
  );
}
