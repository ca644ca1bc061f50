/** Who was detained: sex, age, children, vulnerability, place of arrest. */
import { MISSING_CODES } from '../answers.js';
import type { Cell, Chart, Row, Section, Table } from '../document.js';
import { capitalised, prose } from '../speech.js';
import { HEADS, MISSING_ROWS, TITLES, unitNoun } from '../wording/terms.js';
import { FEMALE, MALE } from './codes.js';
import { distribution, distributionBars, knownBaseNote } from './distribution.js';
import type { Draft } from './draft.js';
import { missingRows } from './draft.js';

/** Youngest first: bands are spelled by their lower bound, `AGE_18_29`. */
const byAge = (codes: readonly string[]): readonly string[] => {
  const lowest = (code: string): number => Number(/\d+/.exec(code)?.[0] ?? Number.MAX_SAFE_INTEGER);
  return [...codes].sort((a, b) => lowest(a) - lowest(b) || (a < b ? -1 : 1));
};

/** Age by sex over arrests (age is that of the arrest), checked against the questions that ask for one of them. */
function ageAndSex(draft: Draft): Table {
  const [sex, age, both] = [draft.answer('sexAtArrest'), draft.answer('ageBand'), draft.answer('ageBySex')];
  const others = sex.codes('sex').filter((code) => code !== MALE && code !== FEMALE);
  const sexes = [MALE, FEMALE, ...others];
  const known = age.known('ageBand');
  const missing = { sex: MISSING_CODES };
  const dash: Cell = { kind: 'symbol', symbol: 'not-applicable' };
  const row = (role: 'row' | 'unknown', band: string, label: string): Row =>
    draft.row(
      role,
      draft.text(label),
      ...sexes.map((code) => draft.cell(both.count({ ageBand: band, sex: code }))),
      draft.cell(both.count({ ageBand: band, ...missing }, { ageBand: [band], sex: ['*missing'] })),
      draft.cell(age.count({ ageBand: band })),
      role === 'row' ? draft.cell(draft.part(age.count({ ageBand: band }), known).share) : dash,
    );
  const total = draft.row(
    'total',
    draft.text(draft.say(HEADS.total)),
    ...sexes.map((code) => draft.cell(sex.count({ sex: code }))),
    draft.cell(sex.count(missing, { sex: ['*missing'] })),
    draft.cell(age.total()),
    dash,
  );
  return draft.table({
    form: 'T9',
    title: TITLES.ageAndSex,
    columns: [
      draft.column('label', HEADS.age),
      ...sexes.map((code) => draft.column('count', draft.rowLabel('sex', code))),
      draft.column('count', HEADS.unknown),
      draft.column('count', HEADS.total),
      draft.column('share', HEADS.percent, ['a']),
    ],
    rows: [
      ...byAge(age.codes('ageBand')).map((band) => row('row', band, draft.rowLabel('ageBand', band))),
      ...missingRows(age, 'ageBand').map((code) => row('unknown', code, draft.say(MISSING_ROWS[code]))),
      total,
    ],
    footnotes: [{ mark: 'a', text: knownBaseNote(draft, draft.speech.text(known)) }],
    from: [both, age, sex],
    audits: {
      exclusiveRows: true,
      across: { parts: sexes.map((_, i) => i + 1).concat(sexes.length + 1), total: sexes.length + 2 },
    },
  });
}

function areaChart(draft: Draft): Chart | null {
  const area = draft.answer('area');
  const total = area.total();
  if (!total.value) return null;
  const level = capitalised(draft.say(draft.context.country.area1));
  const counted = distribution(draft, area, 'area1', { label: level, count: HEADS.arrests });
  const [first] = area.codesByCount('area1');
  const most = first === undefined ? '' : draft.label('area1', first);
  return draft.chart({
    title: TITLES.area,
    base: prose`n = ${draft.speech.digits(total)} ${unitNoun(total.unit, total.value, draft.context.language)}`,
    alt:
      draft.context.language === 'en'
        ? `Horizontal bars, longest first: ${most} has the most arrests.`
        : `Barras horizontales, de mayor a menor: ${most} tiene el mayor número de detenciones.`,
    spec: distributionBars(draft, area, 'area1', draft.say(HEADS.arrests)),
    columns: counted.columns.map((column) => ({ ...column, marks: [] })),
    rows: counted.rows,
    footnotes: draft.remarks([area]),
    from: [area],
    audits: { exclusiveRows: true },
  });
}

export function peopleSection(draft: Draft, label: string): Section {
  const { sentences } = draft;
  const [sex, age, area] = [draft.answer('sex'), draft.answer('ageBand'), draft.answer('area')];
  const children = draft.answer('childrenBySex');
  const known = sex.known('sex');
  const [largest] = age.codesByCount('ageBand');
  const vulnerability = draft.answer('vulnerability');
  const listed = vulnerability
    .codesByCount('vulnerability')
    .filter((code) => code !== 'CHILD' && code !== 'NONE')
    .slice(0, 4)
    .map((code) => ({
      label: draft.label('vulnerability', code),
      count: vulnerability.count({ vulnerability: code }),
    }));
  const areas = area
    .codesByCount('area1')
    .slice(0, 3)
    .map((code) => ({ label: draft.label('area1', code), count: area.count({ area1: code }) }));

  return draft.section('people', label, [
    draft.paragraph({
      'people.sex': sentences.sex(
        known,
        draft.part(sex.count({ sex: MALE }), known),
        draft.part(sex.count({ sex: FEMALE }), known),
      ),
      'people.age':
        largest === undefined
          ? null
          : sentences.largestAgeGroup(
              draft.label('ageBand', largest),
              draft.part(age.count({ ageBand: largest }), age.known('ageBand')),
            ),
      'people.children': sex.total().value
        ? sentences.children(children.total(), children.count({ sex: MALE }), children.count({ sex: FEMALE }))
        : null,
      'people.vulnerabilities': sentences.vulnerabilities(listed),
    }),
    ageAndSex(draft),
    draft.paragraph({ 'people.areas': sentences.areas(areas) }),
    areaChart(draft),
  ]);
}
