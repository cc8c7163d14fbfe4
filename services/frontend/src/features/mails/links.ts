// The parts of a mail's text: words, and links that can be followed.

export interface Part {
  text: string;
  /** Whether it is an address of the web. */
  link: boolean;
}

/** Split a text at its links; only those of http and https count. */
export function partsOf(text: string): Part[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => ({ text: part, link: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
