import Database from 'better-sqlite3';

/** A card of an Anki collection with what it is made from. */
export interface AnkiCard {
  readonly guid: string;
  /** Which card of its note; of a cloze, the number of the gap less one. */
  readonly order: number;
  readonly noteType: number;
  readonly deck: number;
  /** The fields of the note, as HTML. */
  readonly fields: readonly string[];
}

export interface AnkiNoteType {
  readonly cloze: boolean;
  readonly fields: readonly string[];
  readonly templates: readonly { readonly question: string; readonly answer: string }[];
}

export interface AnkiCollection {
  readonly noteTypes: ReadonlyMap<number, AnkiNoteType>;
  /** Names of decks, with `::` between a deck and what is in it. */
  readonly decks: ReadonlyMap<number, string>;
  readonly cards: readonly AnkiCard[];
}

/** Length-delimited and varint fields of a protobuf message: as much of it as Anki's note types need. */
function protobufFields(bytes: Uint8Array): Map<number, string | number> {
  const fields = new Map<number, string | number>();
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80 || at >= bytes.length) return value;
      scale *= 128;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        fields.set(field, varint());
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        fields.set(field, new TextDecoder().decode(bytes.subarray(at, at + length)));
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        return fields;
    }
  }
  return fields;
}

const textField = (fields: ReadonlyMap<number, string | number>, number: number): string => {
  const value = fields.get(number);
  return typeof value === 'string' ? value : '';
};

interface OldModel {
  readonly type?: number;
  readonly flds?: readonly { readonly name: string; readonly ord?: number }[];
  readonly tmpls?: readonly { readonly qfmt: string; readonly afmt: string; readonly ord?: number }[];
}

const inOrder = <Item extends { readonly ord?: number }>(items: readonly Item[]): Item[] => items.toSorted((a, b) => (a.ord ?? 0) - (b.ord ?? 0));

/** Note types and decks as collections of before 2020 have them: JSON in one row. */
function oldTypes(database: Database.Database): Pick<AnkiCollection, 'noteTypes' | 'decks'> {
  const row = database.prepare<[], { models: string; decks: string }>('select models, decks from col limit 1').get();
  const models = JSON.parse(row?.models ?? '{}') as Record<string, OldModel>;
  const decks = JSON.parse(row?.decks ?? '{}') as Record<string, { readonly name: string }>;
  return {
    noteTypes: new Map(
      Object.entries(models).map(([id, { type, flds, tmpls }]) => [
        Number(id),
        { cloze: type === 1, fields: inOrder(flds ?? []).map(({ name }) => name), templates: inOrder(tmpls ?? []).map(({ qfmt, afmt }) => ({ question: qfmt, answer: afmt })) },
      ]),
    ),
    decks: new Map(Object.entries(decks).map(([id, { name }]) => [Number(id), name])),
  };
}

/** The same as newer collections have it: tables of their own, with protobuf. Source: anki, proto/anki/notetypes.proto. */
function newTypes(database: Database.Database): Pick<AnkiCollection, 'noteTypes' | 'decks'> {
  const fields = database.prepare<[], { ntid: number; ord: number; name: string }>('select ntid, ord, name from fields').all();
  const templates = database.prepare<[], { ntid: number; ord: number; config: Uint8Array }>('select ntid, ord, config from templates').all();
  const types = database.prepare<[], { id: number; config: Uint8Array }>('select id, config from notetypes').all();
  return {
    noteTypes: new Map(
      types.map(({ id, config }) => [
        id,
        {
          cloze: protobufFields(config).get(1) === 1,
          fields: inOrder(fields.filter(({ ntid }) => ntid === id)).map(({ name }) => name),
          templates: inOrder(templates.filter(({ ntid }) => ntid === id)).map((template) => {
            const read = protobufFields(template.config);
            return { question: textField(read, 1), answer: textField(read, 2) };
          }),
        },
      ]),
    ),
    decks: new Map(database.prepare<[], { id: number; name: string }>('select id, name from decks').all().map(({ id, name }) => [id, name.replaceAll('\u001f', '::')])),
  };
}

/**
 * Reads the cards of an Anki collection. The file is somebody else's: it is held in memory, opened for reading alone, and nothing that its
 * schema defines is run.
 *
 * @param bytes an SQLite file
 * @throws where it is none, or has other tables
 */
export function readAnkiCollection(bytes: Buffer): AnkiCollection {
  const database = new Database(bytes, { readonly: true });
  try {
    database.pragma('trusted_schema = off');
    database.pragma('query_only = on');
    const hasTables = database.prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' and name = 'notetypes'").get() !== undefined;
    const types = hasTables ? newTypes(database) : oldTypes(database);
    const cards = database
      .prepare<[], { guid: string; ord: number; mid: number; did: number; flds: string }>('select n.guid, c.ord, n.mid, c.did, n.flds from cards c join notes n on n.id = c.nid order by c.nid, c.ord limit 200000')
      .all()
      .map(({ guid, ord, mid, did, flds }) => ({ guid, order: ord, noteType: mid, deck: did, fields: flds.split('\u001f') }));
    return { ...types, cards };
  } finally {
    database.close();
  }
}
