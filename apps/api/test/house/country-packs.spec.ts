/**
 * The data we ship keeps its own promises: vocabularies, country packs and import samples, read from the source tree
 * alone. What each file holds: countries/README.md; the mapping format: samples/README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { parseEventDate } from '#lib/time';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PACKS = ['sv', 'us-ca'];

type Row = Record<string, string>;
interface Term {
  code: string;
  en: string;
  es: string;
  parent?: string;
  public?: boolean;
  attributes?: Record<string, unknown>;
  validFrom?: string;
  validTo?: string;
  definition?: { en: string; es: string };
}
interface List {
  code?: string;
  extends?: string;
  en?: string;
  es?: string;
  multi?: boolean;
  public?: boolean;
  source: string;
  terms: Term[];
}
type Condition = string | { column: string; in?: string[]; not?: string[] };
type Reading = Record<string, unknown> & { codes?: string; map?: Record<string, string>; when?: Condition };
interface Mapping {
  country: string;
  externalId: Reading;
  knownOn: Reading;
  constants: Record<string, string | string[]>;
  case: Record<string, Reading>;
  events: { kind: string; when: Condition; fields: Record<string, Reading> }[];
  ignored: Record<string, string>;
}

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const yaml = <T>(path: string): T => parseYaml(text(path)) as T;
const csv = (path: string): Row[] => parseCsv(text(path), { columns: true, bom: true });
const column = (rows: Row[], name: string): string[] => rows.map((row) => row[name] ?? '');
const filled = (values: string[]): string[] => [...new Set(values)].filter((value) => value !== '');
const repeated = (values: string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);

const folder = (pack: string): string => `countries/${pack}/vocabularies`;
const lists = (pack: string): [string, List][] =>
  readdirSync(join(ROOT, folder(pack))).map((file) => [file, yaml<List>(`${folder(pack)}/${file}`)]);

const specials = yaml<{ terms: Term[] }>('countries/core/special-values.yaml').terms;
const core = new Map(lists('core').map(([, list]) => [list.code ?? '', list]));
const extensions = new Map(
  PACKS.map((pack) => [pack, new Map(lists(pack).map(([, list]) => [list.extends ?? '', list]))]),
);
const own = (pack: string, code: string): Term[] => extensions.get(pack)?.get(code)?.terms ?? [];
const terms = (pack: string, code: string): Term[] => [...(core.get(code)?.terms ?? []), ...own(pack, code)];
/** Every code that may stand in a field of this list, places and areas included. */
function codes(pack: string, code: string): Set<string> {
  const known =
    code === 'PLACE' ? column(csv(`countries/${pack}/places.csv`), 'code') : terms(pack, code).map((t) => t.code);
  return new Set([...known, ...specials.map((t) => t.code)]);
}

const A_TERM = /^[A-Z0-9_]+$/;
const A_PLACE = /^[A-Z]{2}(-[A-Z0-9]+)+$/;

describe('vocabularies', () => {
  const all = ['core', ...PACKS].flatMap((pack) => lists(pack).map(([file, list]) => ({ pack, file, list })));

  it('names every list and term in English and Spanish', () => {
    for (const [code, list] of core) {
      expect([code, list.en, list.es, typeof list.multi]).toEqual([
        expect.stringMatching(A_TERM),
        expect.stringMatching(/\S/),
        expect.stringMatching(/\S/),
        'boolean',
      ]);
    }
    for (const { pack, list } of all) {
      expect(list.source).toMatch(/\S/);
      for (const term of list.terms) {
        expect({ pack, ...term }).toMatchObject({
          code: expect.stringMatching(A_TERM),
          en: expect.stringMatching(/\S/),
          es: expect.stringMatching(/\S/),
        });
        if (term.definition)
          expect(term.definition).toEqual({ en: expect.stringMatching(/\S/), es: expect.stringMatching(/\S/) });
      }
    }
  });

  it('names each file after its list, and has each list once', () => {
    for (const { file, list } of all)
      expect(file).toBe(`${(list.code ?? list.extends ?? '').toLowerCase().replaceAll('_', '-')}.yaml`);
    for (const pack of PACKS)
      for (const code of extensions.get(pack)?.keys() ?? []) expect([...core.keys()]).toContain(code);
  });

  it.each(['core', ...PACKS])('%s has no code twice, no special value, and only parents that exist', (pack) => {
    for (const [code] of pack === 'core' ? core : (extensions.get(pack) ?? [])) {
      const known = terms(pack, code);
      const names = known.map((term) => term.code);
      expect({ code, repeated: repeated(names) }).toEqual({ code, repeated: [] });
      expect(specials.filter((special) => names.includes(special.code))).toEqual([]);
      for (const term of known)
        if (term.parent !== undefined) expect(names.filter((n) => n !== term.code)).toContain(term.parent);
    }
  });

  it('has only keys that the README describes, and dates that are days', () => {
    const keys = ['code', 'en', 'es', 'parent', 'public', 'attributes', 'validFrom', 'validTo', 'definition'];
    for (const { list } of all) {
      expect(['code', 'extends', 'en', 'es', 'multi', 'public', 'source', 'terms']).toEqual(
        expect.arrayContaining(Object.keys(list)),
      );
      for (const term of list.terms) {
        expect(keys).toEqual(expect.arrayContaining(Object.keys(term)));
        for (const day of [term.validFrom, term.validTo])
          if (day !== undefined) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }
    }
  });

  it.each(['ARREST_BASIS', 'FORCE', 'VULNERABILITY', 'CHARGE', 'VIOLATION'])(
    'leaves room for the special values in %s',
    (code) => {
      expect(core.get(code)?.multi).toBe(true);
      for (const pack of PACKS) expect(terms(pack, code).length).toBeLessThanOrEqual(58);
    },
  );

  it('keeps gang allegation, gender and LGBTI out of aggregates', () => {
    for (const code of ['GANG_ALLEGED', 'GENDER_SELF']) {
      expect(core.get(code)?.public).toBe(false);
      expect(core.get(code)?.terms.every((term) => term.public === false)).toBe(true);
    }
    expect(
      core
        .get('VULNERABILITY')
        ?.terms.filter((term) => term.public === false)
        .map((term) => term.code),
    ).toEqual(['LGBTI']);
  });

  it('covers every age and every size of hearing once', () => {
    for (const [code, first] of [
      ['AGE_BAND', 0],
      ['HEARING_SIZE', 1],
    ] as const) {
      let next: number | undefined = first;
      for (const term of core.get(code)?.terms ?? []) {
        expect(term.attributes?.min).toBe(next);
        next = term.attributes?.max === undefined ? undefined : Number(term.attributes.max) + 1;
      }
      expect(next).toBeUndefined();
    }
  });
});

describe.each(PACKS)('areas and places of %s', (pack) => {
  const areas = csv(`countries/${pack}/areas.csv`);
  const places = csv(`countries/${pack}/places.csv`);
  const { code } = yaml<{ code: string }>(`countries/${pack}/pack.yaml`);
  const levelOf = new Map(areas.map((area) => [area.code, Number(area.level)]));

  it('has well-formed codes of its own, each once', () => {
    for (const rows of [areas, places]) {
      expect(repeated(column(rows, 'code'))).toEqual([]);
      for (const name of column(rows, 'code'))
        expect([name, A_PLACE.test(name), name.startsWith(`${code}-`)]).toEqual([name, true, true]);
    }
  });

  it('puts every area under one of the level above', () => {
    for (const area of areas) {
      expect(area.name).toMatch(/\S/);
      expect(area.level === '1' ? area.parent : levelOf.get(area.parent ?? '')).toBe(
        area.level === '1' ? '' : Number(area.level) - 1,
      );
    }
  });

  it('knows the kind and the area of every place, and dates that can be read', () => {
    for (const place of places) {
      expect([place.code, codes(pack, 'PLACE_TYPE').has(place.type ?? '')]).toEqual([place.code, true]);
      expect(place.area === '' || levelOf.has(place.area ?? '')).toBe(true);
      expect(place.sex).toMatch(/^(M|F|M\|F)?$/);
      expect(place.status_note_en === '').toBe(place.status_note_es === '');
      expect(`${place.source}${place.status_note_en}`).toMatch(/\S/);
      for (const day of [place.valid_from, place.valid_to])
        expect(day === '' || parseEventDate(day ?? '').ok).toBe(true);
    }
  });
});

describe('El Salvador', () => {
  const areas = csv('countries/sv/areas.csv');
  const readings = csv('countries/sv/area_readings.csv');
  const at = (level: string): Row[] => areas.filter((area) => area.level === level);

  it('has 14 departments, 44 municipalities and 262 districts', () => {
    expect(['1', '2', '3'].map((level) => at(level).length)).toEqual([14, 44, 262]);
    expect(new Set(column(at('2'), 'valid_from'))).toEqual(new Set(['2024-05-01']));
  });

  it('has the published number of districts in each department', () => {
    const municipality = new Map(at('2').map((area) => [area.code, area.parent]));
    const count = Object.fromEntries(
      at('1').map((d) => [d.code, at('3').filter((a) => municipality.get(a.parent ?? '') === d.code).length]),
    );
    // In the order of the names (La Paz, La Unión, Morazán …), as the sources print it: 12, 9, 33, 16, 22, 22, 18, …
    expect(count).toEqual({
      ...{ 'SV-AH': 12, 'SV-CA': 9, 'SV-CH': 33, 'SV-CU': 16, 'SV-LI': 22, 'SV-PA': 22, 'SV-UN': 18 },
      ...{ 'SV-MO': 26, 'SV-SM': 20, 'SV-SS': 19, 'SV-SV': 13, 'SV-SA': 13, 'SV-SO': 16, 'SV-US': 23 },
    });
  });

  it('reads a district as a municipality of its department until April 2024', () => {
    const parentOf = new Map(areas.map((area) => [area.code, area.parent]));
    expect(readings).toHaveLength(524);
    for (const district of at('3')) {
      const ofDistrict = readings.filter((reading) => reading.area === district.code);
      expect(ofDistrict.map((r) => [r.valid_from, r.valid_to, r.level_name_es, r.parent])).toEqual([
        ['', '2024-04-30', 'municipio', parentOf.get(district.parent ?? '')],
        ['2024-05-01', '', 'distrito', district.parent],
      ]);
    }
  });

  it('has the other names of the four districts that need care', () => {
    const other = Object.fromEntries(
      areas.filter((area) => area.aliases !== '').map((area) => [area.name, area.aliases]),
    );
    expect(other).toEqual({
      'San José Las Flores': 'Las Flores',
      'San José Cancasque': 'Cancasque',
      'Ciudad Delgado': 'Delgado',
      'San Antonio del Mosco': 'San Antonio',
    });
  });

  it('has every emergency period, and no gap from no. 9 on', () => {
    const periods = csv('countries/sv/emergency_periods.csv');
    expect(column(periods, 'number')).toEqual([...Array(49).keys()].map(String));
    periods.forEach((period, index) => {
      expect(['published', 'approved', 'computed']).toContain(period.evidence);
      expect([period.source, period.note_en, period.note_es].every((cell) => /\S/.test(cell ?? ''))).toBe(true);
      const [from, to] = [parseEventDate(period.valid_from ?? ''), parseEventDate(period.valid_to ?? '')];
      expect(from.ok && to.ok).toBe(true);
      expect(period.from_precision).toBe(from.ok && from.date.precision === 'DAY' ? 'ISO' : 'EDTF');
      if (index < 9) return;
      const dayAfter = new Date(Date.parse(periods[index - 1]?.valid_to ?? '') + 86_400_000).toISOString().slice(0, 10);
      expect([period.number, period.valid_from]).toEqual([period.number, dayAfter]);
    });
  });

  it('ships no decree number that nobody has checked', () => {
    const shipped = text('countries/sv/emergency_periods.csv') + text('countries/sv/pack.yaml');
    for (const number of [358, 396, 427, 454, 476, 503, 530, 569, 611, 644, 661, 687])
      expect(shipped).not.toMatch(new RegExp(`(DL|Decreto|Decree|D\\.) ?${number}`));
  });

  it('keeps all 262 published figures, each with its source, owner and hedge', () => {
    const figures = csv('countries/sv/published_figures.csv');
    expect(column(figures, 'id')).toEqual([...Array(262).keys()].map((n) => `SV-F-${String(n + 1).padStart(4, '0')}`));
    for (const figure of figures) {
      for (const name of [
        'indicator',
        'unit',
        'as_of',
        'place',
        'population',
        'qualifier',
        'source',
        'address',
        'owner',
      ])
        expect([figure.id, name, figure[name]]).toEqual([figure.id, name, expect.stringMatching(/\S/)]);
      expect(Number(figure.value)).not.toBeNaN();
      expect(parseEventDate(figure.as_of ?? '').ok).toBe(true);
      expect(['exact', 'at-least', 'about', 'more-than', 'nearly', 'according-to', 'estimate', 'unknown']).toContain(
        figure.hedge,
      );
    }
  });

  it('dates and sources every capacity and every population', () => {
    const known = new Set([...column(areas, 'code'), 'SV']);
    const places = new Set([...column(csv('countries/sv/places.csv'), 'code'), 'SYSTEM']);
    const population = csv('countries/sv/population.csv');
    for (const row of population)
      expect([row.area, known.has(row.area ?? ''), row.sex]).toEqual([
        row.area,
        true,
        expect.stringMatching(/^[FM]?$/),
      ]);
    for (const row of csv('countries/sv/capacities.csv'))
      expect([row.place, places.has(row.place ?? '')]).toEqual([row.place, true]);
    for (const row of [...population, ...csv('countries/sv/capacities.csv')]) {
      expect(row.value).toMatch(/^[1-9]\d*$/);
      expect([row.source, row.address].every((cell) => /\S/.test(cell ?? ''))).toBe(true);
      expect(parseEventDate(row.as_of ?? '').ok).toBe(true);
    }
  });
});

/** Targets and fields of samples/README.md, with the list of each coded one. */
const CASE_TARGETS: Record<string, string | null> = {
  ...{
    'person.identity.givenNames': null,
    'person.identity.familyNames': null,
    'person.identity.documentNumber': null,
  },
  ...{
    'person.sex': 'SEX',
    'person.occupation': 'OCCUPATION',
    'person.vulnerabilities': 'VULNERABILITY',
    'person.born': null,
    'person.ageAtArrest': null,
  },
  ...{
    'arrest.at': null,
    'arrest.area': 'AREA',
    'arrest.legalGround': 'ARREST_LEGAL',
    'arrest.setting': 'ARREST_SETTING',
    'arrest.emergencyRegime': 'EMERGENCY_REGIME',
  },
  ...{
    'arrest.bases': 'ARREST_BASIS',
    'arrest.basesStated': 'ARREST_BASIS',
    'arrest.basesObserved': 'ARREST_BASIS',
    'arrest.forces': 'FORCE',
  },
  ...{ 'arrest.conduct': 'ARREST_CONDUCT', 'arrest.chargesAtArrest': 'CHARGE' },
  ...{
    'source.type': 'SOURCE_TYPE',
    'source.relation': 'RELATION',
    'source.reliability': 'SOURCE_RELIABILITY',
    'source.credibility': 'INFO_CREDIBILITY',
    'source.informedOn': null,
  },
  ...{ consents: 'CONSENT_USE', narrative: null },
};
const EVENT_FIELDS: Record<string, Record<string, string | null>> = {
  'custody-spells': { at: null, until: null, place: 'PLACE', placeType: 'PLACE_TYPE', section: null },
  hearings: {
    ...{
      at: null,
      stage: 'STAGE',
      mode: 'HEARING_MODE',
      defendants: null,
      court: null,
      judgeIdentityReserved: null,
      factsIndividualised: null,
    },
    ...{
      lastWordUsed: null,
      counselMetBefore: null,
      noticeHours: null,
      tiesDocumentsAccepted: null,
      secrecyTotal: null,
      durationMinutes: null,
    },
  },
  measures: { at: null, measure: 'MEASURE', until: null },
  charges: { at: null, charge: 'CHARGE', role: 'CHARGE_ROLE' },
  counsel: {
    at: null,
    until: null,
    legalAid: 'LEGAL_AID',
    metBeforeHearing: null,
    fileAccess: 'FILE_ACCESS',
    notified: null,
    couldSpeak: null,
  },
  contacts: { at: null, until: null, contact: 'CONTACT' },
  remedies: { at: null, remedy: 'REMEDY', habeasType: 'HABEAS_TYPE', court: null, status: 'REMEDY_STATUS' },
  violations: { at: null, violation: 'VIOLATION', methods: 'METHOD', place: 'PLACE', forces: 'FORCE' },
  releases: { at: null, release: 'OUTCOME', place: 'PLACE' },
  deaths: {
    ...{
      at: null,
      mannerOfficial: 'MANNER',
      mannerAssessed: 'MANNER',
      classAssessed: 'ASSESSED_CLASS',
      causeOfficial: 'CAUSE_GROUP',
      causeAssessed: 'CAUSE_GROUP',
    },
    ...{
      area: 'AREA',
      placeOfDeath: 'PLACE_OF_DEATH',
      statusAtDeathStated: 'STATUS_AT_DEATH',
      signs: 'SIGN',
      careFailures: 'CARE_FAILURE',
      documents: 'DEATH_DOCUMENT',
    },
    ...{
      burial: 'BURIAL',
      howFamilyLearned: 'HOW_FAMILY_LEARNED',
      inquiry: 'STATE_INQUIRY',
      officialPosition: 'OFFICIAL_POSITION',
      mismatch: 'MISMATCH',
    },
  },
};
const OBJECT_LISTS: Record<string, string> = {
  state: 'CONSENT_STATE',
  giver: 'CONSENT_GIVER',
  form: 'CONSENT_FORM',
  observer: 'SIGN_OBSERVER',
};
const READING_KEYS = [
  'column',
  'columns',
  'join',
  'value',
  'same',
  'before',
  'after',
  'codes',
  'area',
  'date',
  'impossible',
  'time',
  'integer',
  'min',
  'max',
];
READING_KEYS.push('take', 'split', 'map', 'objects', 'ageOn', 'unknown', 'empty', 'required', 'when');

const asList = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function columnsOf(reading: Reading): string[] {
  const area = reading.area as { within?: string } | boolean | undefined;
  const within = typeof area === 'object' ? asList(area.within) : [];
  const condition =
    reading.when === undefined ? [] : [typeof reading.when === 'string' ? reading.when : reading.when.column];
  return [
    ...asList(reading.column as string),
    ...asList(reading.columns as string[]),
    ...asList(reading.time as string),
    ...within,
    ...condition,
  ];
}

/** Target, list and reading of everything a mapping reads. */
function readings(mapping: Mapping): { target: string; list: string | null | undefined; reading: Reading }[] {
  const ofCase = Object.entries(mapping.case).map(([target, reading]) => ({
    target,
    list: CASE_TARGETS[target],
    reading,
  }));
  const ofEvents = mapping.events.flatMap(({ kind, fields }) =>
    Object.entries(fields).map(([field, reading]) => ({
      target: `${kind}.${field}`,
      list: EVENT_FIELDS[kind]?.[field],
      reading,
    })),
  );
  return [...ofCase, ...ofEvents];
}

describe.each([
  ['kobo-intake-sv', 'sv', 'intake-2022', 2471],
  ['us-ca-deaths', 'us-ca', 'us-ca-deaths-in-custody', 11617],
] as const)('the mapping %s', (name, pack, file, count) => {
  const mapping = yaml<Mapping>(`samples/${name}.mapping.yaml`);
  const rows = csv(`samples/${file}.csv`);
  const allowed = (list: string): Set<string> =>
    list === 'AREA'
      ? new Set([...column(csv(`countries/${pack}/areas.csv`), 'code'), ...specials.map((t) => t.code)])
      : codes(pack, list);

  it('is made of known keys, targets and fields only', () => {
    expect(Object.keys(mapping)).toEqual([
      'code',
      'en',
      'es',
      'country',
      'csv',
      'externalId',
      'knownOn',
      'constants',
      'case',
      'events',
      'ignored',
    ]);
    expect(yaml<{ code: string }>(`countries/${pack}/pack.yaml`).code).toBe(mapping.country);
    for (const target of [...Object.keys(mapping.case), ...Object.keys(mapping.constants)])
      expect(Object.keys(CASE_TARGETS)).toContain(target);
    for (const { target, list, reading } of readings(mapping)) {
      expect([target, list]).not.toEqual([target, undefined]);
      expect(READING_KEYS).toEqual(expect.arrayContaining(Object.keys(reading)));
      expect([
        target,
        ['column', 'columns', 'value', 'same', 'before', 'after'].filter((key) => key in reading).length,
      ]).toEqual([target, 1]);
    }
    for (const { fields, when } of mapping.events) expect([fields.at, when]).not.toContain(undefined);
  });

  it('uses or ignores every column, with a reason, and names none that is missing', () => {
    const conditions = mapping.events.map(({ when }) => (typeof when === 'string' ? when : when.column));
    const used = [mapping.externalId, mapping.knownOn, ...readings(mapping).map(({ reading }) => reading)].flatMap(
      columnsOf,
    );
    const named = new Set([...used, ...conditions, ...Object.keys(mapping.ignored)]);
    expect(named).toEqual(new Set(Object.keys(rows[0] ?? {})));
    for (const [ignored, reason] of Object.entries(mapping.ignored))
      expect([ignored, used.includes(ignored), /\S/.test(reason)]).toEqual([ignored, false, true]);
  });

  it('reads each coded target with its own list, and writes only codes that exist', () => {
    for (const [target, value] of Object.entries(mapping.constants))
      for (const code of asList(value)) expect(allowed(CASE_TARGETS[target] ?? '')).toContain(code);
    for (const { target, list, reading } of readings(mapping)) {
      if (list === null || list === undefined) continue;
      if ('value' in reading) expect(allowed(list)).toContain(reading.value);
      else expect([target, reading.area === undefined ? reading.codes : 'AREA']).toEqual([target, list]);
      for (const code of Object.values(reading.map ?? {})) expect(allowed(list)).toContain(code);
      const objects = reading.objects as { with: Record<string, string> } | undefined;
      for (const [key, code] of Object.entries(objects?.with ?? {}))
        expect(allowed(OBJECT_LISTS[key] ?? '')).toContain(code);
    }
  });

  it('finds a code for every value in the sample, but for the planted error', () => {
    const unknown: string[] = [];
    for (const { list, reading } of readings(mapping)) {
      if (!list || typeof reading.column !== 'string') continue;
      const when = typeof reading.when === 'object' ? reading.when : undefined;
      const seen = rows.filter(
        (row) => !when || (when.in?.includes(row[when.column] ?? '') ?? !when.not?.includes(row[when.column] ?? '')),
      );
      const event = mapping.events.find(({ fields }) => Object.values(fields).includes(reading))?.when;
      const held = typeof event === 'object' ? seen.filter((row) => event.in?.includes(row[event.column] ?? '')) : seen;
      const cells = filled(column(held, reading.column)).flatMap((cell) =>
        typeof reading.split === 'string' ? cell.split(reading.split) : [cell],
      );
      unknown.push(...cells.filter((cell) => !(reading.map ? cell in reading.map : allowed(list).has(cell))));
    }
    expect(filled(unknown)).toEqual(file === 'intake-2022' ? ['WARRENT'] : []);
  });

  it('has lost no row', () => {
    expect(rows).toHaveLength(count);
  });
});

describe('the sample from California', () => {
  const mapping = yaml<Mapping>('samples/us-ca-deaths.mapping.yaml');
  const rows = csv('samples/us-ca-deaths-in-custody.csv');
  const deaths = mapping.events.find(({ kind }) => kind === 'deaths')?.fields ?? {};

  it.each([
    ['mannerOfficial', 11, 11],
    ['statusAtDeathStated', 8, 8],
    ['causeOfficial', 15, 14],
    ['placeOfDeath', 10, 10],
  ])('maps %s: %i values of the file to %i codes', (field, values, distinct) => {
    const { column: name, map } = deaths[field] as { column: string; map: Record<string, string> };
    expect(new Set(Object.keys(map))).toEqual(new Set(filled(column(rows, name))));
    expect([Object.keys(map).length, new Set(Object.values(map)).size]).toEqual([values, distinct]);
  });

  it('spells each value in the pack as the file prints it', () => {
    const columnOf: Record<string, string> = {
      MANNER: 'manner_of_death',
      STATUS_AT_DEATH: 'custody_status',
      PLACE_OF_DEATH: 'facility_death_occured',
      CAUSE_GROUP: 'means_of_death',
      FORCE: 'reporting_agency',
      PLACE_TYPE: 'custodial_responsibilty_at_time_of_death',
    };
    for (const [code, list] of extensions.get('us-ca') ?? []) {
      const printed = new Set(column(rows, columnOf[code] ?? ''));
      for (const term of list.terms)
        for (const value of asList(term.attributes?.printed as string))
          expect([code, value, printed.has(value)]).toEqual([code, value, true]);
    }
  });

  it('has 58 counties with the odd federal codes, all counties of the file among them', () => {
    const areas = csv('countries/us-ca/areas.csv');
    expect(column(areas, 'aliases')).toEqual(
      [...Array(58).keys()].map((n) => `FIPS 06${String(2 * n + 1).padStart(3, '0')}`),
    );
    const names = column(areas, 'name');
    expect(
      filled(column(rows, 'county'))
        .filter((county) => !names.includes(county))
        .sort(),
    ).toEqual(['In-State', 'Out-of-State']);
  });
});

describe('the sample from El Salvador', () => {
  it('names a district inside its department in every row, but for the planted error', () => {
    const parentOf = new Map(csv('countries/sv/areas.csv').map((area) => [area.code, area.parent ?? '']));
    const departmentOf = (district: string): string => parentOf.get(parentOf.get(district) ?? '') ?? '';
    const rows = csv('samples/intake-2022.csv');
    const outside = rows.filter((row) => departmentOf(row.detencion_distrito ?? '') !== row.detencion_departamento);
    expect(column(outside, 'apellidos')).toEqual(['District Not In Department']);
  });
});

describe('the intake form', () => {
  const survey = csv('samples/kobo-intake-sv.survey.csv');
  const choices = csv('samples/kobo-intake-sv.choices.csv');
  const rows = csv('samples/intake-2022.csv');
  const choicesOf = (list: string): string[] =>
    column(
      choices.filter((choice) => choice.list_name === list),
      'name',
    );

  it('asks for the columns of the sample, in two languages', () => {
    expect(column(survey, 'name')).toEqual(Object.keys(rows[0] ?? {}).filter((name) => !name.startsWith('_')));
    for (const row of [...survey, ...choices])
      for (const label of ['label::Español (es)', 'label::English (en)']) expect(row[label]).toMatch(/\S/);
    for (const row of survey) expect(row['hint::Español (es)'] === '').toBe(row['hint::English (en)'] === '');
  });

  it('offers every answer of the sample, and only answers that the mapping understands', () => {
    const mapping = yaml<Mapping>('samples/kobo-intake-sv.mapping.yaml');
    const missing: string[] = [];
    for (const row of survey) {
      const [type, list] = (row.type ?? '').split(' ');
      if (list === undefined) continue;
      const offered = choicesOf(list);
      expect([list, repeated(offered)]).toEqual([list, []]);
      const cells = filled(column(rows, row.name ?? '')).flatMap((cell) =>
        type === 'select_multiple' ? cell.split(' ') : [cell],
      );
      missing.push(...cells.filter((cell) => !offered.includes(cell)));
      for (const { list: vocabulary, reading } of readings(mapping)) {
        if (reading.column !== row.name || !vocabulary || vocabulary === 'AREA') continue;
        expect([
          row.name,
          offered.filter((o) => !(reading.map ? o in reading.map : codes('sv', vocabulary).has(o))),
        ]).toEqual([row.name, []]);
      }
    }
    expect(filled(missing)).toEqual(['WARRENT']);
  });

  it('releases nobody by a code that is no release', () => {
    const release = terms('sv', 'OUTCOME')
      .filter((term) => term.attributes?.release === true)
      .map((term) => term.code);
    expect(choicesOf('liberacion')).toEqual([...release, 'UNKNOWN']);
    expect(release).toEqual(expect.arrayContaining(filled(column(rows, 'liberacion_tipo'))));
  });
});

describe('the files themselves', () => {
  const received = [
    'samples/intake-2022.csv',
    'samples/intake-2022.expected.json',
    'samples/us-ca-deaths-in-custody.csv',
  ];
  const under = (path: string): string[] =>
    readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));

  it('are UTF-8 with LF and without byte order mark, where we wrote them', () => {
    for (const path of [...under('countries'), ...under('samples')].filter((file) => !received.includes(file))) {
      const content = text(path);
      expect([
        path,
        content.startsWith('\uFEFF'),
        content.includes('\r'),
        content.includes('\uFFFD'),
        content.endsWith('\n'),
      ]).toEqual([path, false, false, false, true]);
    }
  });

  it('are described where a newcomer looks', () => {
    for (const path of [
      'countries/README.md',
      'countries/core/README.md',
      'countries/us-ca/README.md',
      'samples/README.md',
    ])
      expect(existsSync(join(ROOT, path))).toBe(true);
    for (const file of readdirSync(join(ROOT, 'samples')))
      if (file !== 'README.md') expect(text('samples/README.md')).toContain(`\`${file}\``);
  });
});
