import { getDocumentProxy } from 'unpdf';

interface Struct {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Struct[];
}
interface Marked {
  readonly type?: string;
  readonly id?: string;
  readonly str?: string;
  readonly tag?: string;
}

/** A paper as a screen reader meets it. */
export interface ReadPdf {
  readonly pages: number;
  readonly language: string | undefined;
  readonly title: string | undefined;
  readonly showsTitle: boolean;
  readonly tagged: boolean;
  readonly producer: string | undefined;
  readonly heading: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** For each page, everything the eye sees. */
  readonly seen: readonly string[];
  /** For each page, what stands there for the eye alone. */
  readonly artifacts: readonly string[];
}

/** Reads a paper back by its structure: the cells of a row, wherever the pages part it. */
export async function readPdf(file: Buffer): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(file));
  const info = (await pdf.getMetadata()).info as Record<string, unknown>;
  const texts = new Map<string, string>();
  const roots: Struct[] = [];
  const [seen, artifacts]: [string[], string[]] = [[], []];
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    const { items } = (await page.getTextContent({ includeMarkedContent: true })) as { items: Marked[] };
    const open: (string | undefined)[] = [];
    const aside: string[] = [];
    for (const item of items) {
      if (item.type?.startsWith('beginMarked')) open.push(item.tag === 'Artifact' ? 'aside' : (item.id ?? open.at(-1)));
      else if (item.type === 'endMarkedContent') open.pop();
      else if (item.str !== undefined) {
        const within = open.at(-1);
        if (within === 'aside') aside.push(item.str);
        else if (within !== undefined) texts.set(within, (texts.get(within) ?? '') + item.str);
        else if (item.str.trim() !== '') throw new Error(`page ${n} holds a text outside of its structure`);
      }
    }
    seen.push(items.map(({ str = '' }) => str).join(''));
    artifacts.push(aside.join(' '));
    const root = (await page.getStructTree()) as Struct | null;
    if (root) roots.push(root);
  }
  const textOf = (of: Struct): string =>
    of.type === 'content' ? (texts.get(of.id ?? '') ?? '') : (of.children ?? []).map(textOf).join('');
  const all = (role: string, under: readonly Struct[]): Struct[] =>
    under.flatMap((one) => (one.role === role ? [one] : all(role, one.children ?? [])));
  // Every page shows the whole tree, with the contents that are on it.
  const trees = roots.map((root) => all('TR', [root]));
  const rows = (trees[0] ?? [])
    .map((_, n) => trees.map((tree) => all('TD', [tree[n] ?? {}]).map(textOf)))
    .map((parts) => (parts[0] ?? []).map((__, cell) => parts.map((part) => part[cell] ?? '').join('')))
    .filter((cells) => cells.length > 0)
    .map((cells) => cells.map((cell) => cell.trim()));
  return {
    pages: pdf.numPages,
    language: info.Language as string | undefined,
    title: info.Title as string | undefined,
    showsTitle: ((await pdf.getViewerPreferences()) as Record<string, unknown> | null)?.DisplayDocTitle === true,
    tagged: (await pdf.getMarkInfo())?.Marked === true,
    producer: info.Producer as string | undefined,
    heading: roots.flatMap((root) => all('H1', [root]).map(textOf)).filter(Boolean),
    columns: all('TH', roots.slice(0, 1)).map((one) => textOf(one).trim()),
    rows,
    seen,
    artifacts,
  };
}
