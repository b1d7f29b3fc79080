import type { Event } from '../../record/event.ts';
import type { Country } from '../../world/country.ts';
import type { Citation } from './cite.ts';

/** A document as exports cite it. */
export interface CitedDocument {
  readonly id: string;
  readonly title: string | null;
  readonly outlet: string | null;
  readonly url: string | null;
  readonly published: { readonly from: string; readonly to: string } | null;
}

/** An event on its way out, with the documents of its claims. */
export interface Exported {
  readonly event: Event;
  /** By id; every document of the event's claims. */
  readonly documents: ReadonlyMap<string, CitedDocument>;
  /** Which of them also report an ASSAULT: PLOVER then drops a MOBILIZE. */
  readonly assaults: ReadonlySet<string>;
}

/** What every format is given. */
export interface ExportContext {
  readonly citation: Citation;
  /** Whether the citation goes into the file, in formats that have a place for it (default of the command: no). */
  readonly cite: boolean;
  /** States and territories by their ISO 3166 alpha-3 code. */
  readonly countries: ReadonlyMap<string, Country>;
}

/** A file of a format: what it is called in `--table`, how its name ends, and its media type. */
export interface FileKind {
  readonly name: string;
  readonly ending: string;
  readonly media: string;
  /** True for bytes that are no text. */
  readonly binary?: true;
}

/** A part of a file. */
export type Piece = string | Uint8Array;

/**
 * An export under way. It takes events one at a time and gives for each the next part of every file of its format, in
 * the order of {@link Format.files}; parts may be empty. So all files of a format are written in one pass, and none is
 * ever held whole. The same events give the same bytes.
 */
export interface Writer {
  /** Takes an event. `leaveOut` hears why where the format cannot hold it: "denied", "undated". */
  add(exported: Exported, leaveOut: (why: string) => void): readonly Piece[];
  /** What ends the files, after the last event. `events` are those that were added, left out or not. */
  end(events: number): readonly Piece[];
}

/** A form that the record can be written in. */
export interface Format {
  readonly name: string;
  /** One line for `--help` and the documentation. */
  readonly summary: string;
  readonly files: readonly FileKind[];
  open(context: ExportContext): Promise<Writer>;
}

/** A format of one text file: how it begins, what it says of an event (`undefined`: it left it out), how it ends. */
export function textFormat(
  about: Pick<Format, 'name' | 'summary'> & { readonly file: FileKind },
  start: (context: ExportContext) => {
    readonly begin?: string;
    add(exported: Exported, leaveOut: (why: string) => void): string | undefined;
    readonly end?: (events: number) => string;
  },
): Format {
  return {
    name: about.name,
    summary: about.summary,
    files: [about.file],
    open: async (context) => {
      const { begin = '', add, end = () => '' } = start(context);
      let opening = begin;
      const opened = (text: string): readonly Piece[] => {
        const piece = opening + text;
        opening = '';
        return [piece];
      };
      return {
        add: (exported, leaveOut) => opened(add(exported, leaveOut) ?? ''),
        end: (events) => opened(end(events)),
      };
    },
  };
}
