// Text into lines of a drawing, which has no line breaks of its own.

/** Break text between words into at most `lines` lines of `characters`; the rest is cut. */
export function wrap(text: string, characters: number, lines = 2): string[] {
  const room = Math.max(4, Math.floor(characters));
  const out: string[] = [];
  let rest = text.trim();
  while (rest !== '' && out.length < lines) {
    const last = out.length === lines - 1;
    const line = rest.length <= room ? rest : head(rest, room, last);
    out.push(line);
    rest = last ? '' : rest.slice(line.length).trim();
  }
  return out;
}

function head(text: string, room: number, cut: boolean): string {
  if (cut) return `${text.slice(0, room - 1).trimEnd()}…`;
  const space = text.lastIndexOf(' ', room);
  return text.slice(0, space > 0 ? space : room);
}
