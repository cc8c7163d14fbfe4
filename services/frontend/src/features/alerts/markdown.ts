// The Markdown of runbooks as blocks that React draws: headings, paragraphs, lists, code, tables.
// What it does not know stays text; nothing ever becomes HTML.

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; to: string };

export type Block =
  | { kind: 'heading'; level: number; content: Inline[] }
  | { kind: 'paragraph'; content: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** A line's text with its code, its stresses and its links. */
export function inlineOf(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    const [whole, code, strong, label, to] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else parts.push({ kind: 'link', text: label ?? '', to: to ?? '' });
    at = match.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

const heading = /^(#{1,6})\s+(.*)$/;
const item = /^\s*(?:[-*]|(\d+)[.)])\s+(.*)$/;
const fence = /^\s*```/;
const row = /^\s*\|(.*)\|\s*$/;

/** The blocks of a text. */
export function blocksOf(markdown: string): Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    const [block, used] = blockAt(lines, at, line);
    if (block !== null) blocks.push(block);
    at += used;
  }
  return blocks;
}

function blockAt(lines: readonly string[], at: number, line: string): [Block | null, number] {
  if (line.trim() === '') return [null, 1];
  if (fence.test(line)) return codeAt(lines, at);
  const head = heading.exec(line);
  if (head !== null) {
    return [{ kind: 'heading', level: head[1]!.length, content: inlineOf(head[2]!) }, 1];
  }
  if (item.test(line)) return listAt(lines, at);
  if (row.test(line)) return tableAt(lines, at);
  return paragraphAt(lines, at);
}

function codeAt(lines: readonly string[], at: number): [Block, number] {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => fence.test(line));
  const inside = end < 0 ? rest : rest.slice(0, end);
  return [{ kind: 'code', text: inside.join('\n') }, inside.length + (end < 0 ? 1 : 2)];
}

/** Items with the lines that go on in them; an item ends where the next begins. */
function listAt(lines: readonly string[], at: number): [Block, number] {
  const ordered = item.exec(lines[at]!)?.[1] !== undefined;
  const items: string[] = [];
  let used = 0;
  for (const line of lines.slice(at)) {
    const begun = item.exec(line);
    if (begun !== null) items.push(begun[2]!);
    else if (/^\s{2,}\S/.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else break;
    used += 1;
  }
  return [{ kind: 'list', ordered, items: items.map(inlineOf) }, used];
}

function tableAt(lines: readonly string[], at: number): [Block, number] {
  const rest = lines.slice(at);
  const end = rest.findIndex((line) => !row.test(line));
  const inside = end < 0 ? rest : rest.slice(0, end);
  const cells = inside
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) =>
      row
        .exec(line)![1]!
        .split('|')
        .map((cell) => inlineOf(cell.trim())),
    );
  return [{ kind: 'table', head: cells[0] ?? [], rows: cells.slice(1) }, inside.length];
}

function paragraphAt(lines: readonly string[], at: number): [Block, number] {
  const text: string[] = [];
  for (const line of lines.slice(at)) {
    const ends = line.trim() === '' || heading.test(line) || item.test(line) || fence.test(line);
    if (ends && text.length > 0) break;
    text.push(line.trim());
  }
  return [{ kind: 'paragraph', content: inlineOf(text.join(' ')) }, text.length];
}
