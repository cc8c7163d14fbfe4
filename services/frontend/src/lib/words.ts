// The words of a page by key, so that another language is one more catalogue and no other change.
// A key that counts something has the forms of Intl.PluralRules: `found.one`, `found.other`.

export type Catalogue = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, string | number>>;

/** What `found.one` and `found.other` are asked for by: `found`. */
type Asked<Key extends string> = Key extends `${infer Stem}.${Intl.LDMLPluralRule}` ? Stem : Key;

const translations = new Map<string, Catalogue>();

const language = (): string => globalThis.document.documentElement.lang || 'en';

/** Give the words of a feature in another language; keys that are missing stay English. */
export function translate(lang: string, feature: string, catalogue: Catalogue): void {
  translations.set(`${lang}/${feature}`, catalogue);
}

/** The words of a feature: `t('greeting', { name })` fills `{name}` in, `count` picks the form. */
export function wordsOf<const C extends Catalogue>(feature: string, english: C) {
  return (key: Asked<keyof C & string>, values: Values = {}): string => {
    const lang = language();
    const translated = translations.get(`${lang}/${feature}`);
    const text =
      (translated === undefined ? undefined : form(translated, key, values, lang)) ??
      form(english, key, values, 'en');
    return fill(text ?? key, values);
  };
}

function form(
  catalogue: Catalogue,
  key: string,
  values: Values,
  lang: string,
): string | undefined {
  const { count } = values;
  if (typeof count !== 'number') return catalogue[key];
  const rule = new Intl.PluralRules(lang).select(count);
  return catalogue[`${key}.${rule}`] ?? catalogue[`${key}.other`] ?? catalogue[key];
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
