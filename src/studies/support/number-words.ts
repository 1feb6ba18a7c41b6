export const LANGUAGES = ['english', 'french', 'german'] as const;
export type Language = (typeof LANGUAGES)[number];

const ENGLISH = {
  small:
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    ),
  tens: 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
};

const FRENCH = {
  small:
    'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
      ' ',
    ),
  tens: 'vingt trente quarante cinquante soixante'.split(' '),
};

const GERMAN = {
  small:
    'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
      ' ',
    ),
  tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' '),
};

const parts = (n: number) => [Math.floor(n / 10), n % 10] as const;

function english(n: number): string {
  const [ten, one] = parts(n);
  if (n < 20) return ENGLISH.small[n];
  return one === 0 ? ENGLISH.tens[ten - 2] : `${ENGLISH.tens[ten - 2]}-${ENGLISH.small[one]}`;
}

/** Since the spelling of 1990: hyphens everywhere, et-un too. 70 and 90 count on from 60 and 80. */
function french(n: number): string {
  const [ten, one] = parts(n);
  if (n < 20) return FRENCH.small[n];
  if (n >= 80) return n === 80 ? 'quatre-vingts' : `quatre-vingt-${FRENCH.small[n - 80]}`;
  if (n >= 70) return n === 71 ? 'soixante-et-onze' : `soixante-${FRENCH.small[n - 60]}`;
  const tens = FRENCH.tens[ten - 2];
  if (one === 0) return tens;
  return one === 1 ? `${tens}-et-un` : `${tens}-${FRENCH.small[one]}`;
}

function german(n: number): string {
  const [ten, one] = parts(n);
  if (n < 20) return GERMAN.small[n];
  const tens = GERMAN.tens[ten - 2];
  if (one === 0) return tens;
  return `${one === 1 ? 'ein' : GERMAN.small[one]}und${tens}`;
}

const WORDS = { english, french, german };

/** The word for a whole number from 0 to 99. */
export const numberWord = (n: number, language: Language): string => WORDS[language](n);
