/** How people were arrested: legal ground, stated or apparent basis, and which force. */
import type { Answer } from '../answers.js';
import { isMissing, MISSING_CODES } from '../answers.js';
import type { Chart, Section, Table } from '../document.js';
import type { Figure, Slice } from '../figures.js';
import { prose } from '../speech.js';
import { HEADS, MISSING_ROWS, TITLES, unitNoun } from '../wording/terms.js';
import { distribution, distributionBars, knownBaseNote } from './distribution.js';
import type { Draft } from './draft.js';
import { missingRows } from './draft.js';

/**
 * Columns of T3: each main force alone, several forces together, any other force, unknown. A combination is spelled
 * with spaces (`PNC FAES`), so the columns follow from the codes and the country's list of forces.
 */
interface ForceColumn {
  readonly name: string;
  readonly head: string;
  readonly holds: (combination: string) => boolean;
}

function forceColumns(draft: Draft): readonly ForceColumn[] {
  const main = draft.context.country.forces;
  const isJoint = (code: string): boolean => !isMissing(code) && code.includes(' ');
  const isMain = (code: string): boolean => main.some((force) => force.code === code);
  return [
    ...main.map(({ code, label }) => ({
      name: code,
      head: draft.say(label),
      holds: (combination: string): boolean => combination === code,
    })),
    { name: '*joint', head: draft.say(HEADS.joint), holds: isJoint },
    {
      name: '*other',
      head: draft.say(HEADS.other),
      holds: (code: string): boolean => !isMissing(code) && !isJoint(code) && !isMain(code),
    },
    { name: '*missing', head: draft.say(HEADS.unknown), holds: isMissing },
  ];
}

/** Arrests of one column; `basis` narrows them to one row. */
function inColumn(answer: Answer, column: ForceColumn, basis: string | null): Figure {
  const all = [...answer.codes('forceCombination'), ...MISSING_CODES];
  const row: Slice = basis === null ? {} : { basis: [basis] };
  return answer.count(
    { ...row, forceCombination: all.filter(column.holds) },
    { ...row, forceCombination: [column.name] },
  );
}

function basisByForce(draft: Draft): Table {
  const [basis, force, both] = [draft.answer('basis'), draft.answer('forceCombination'), draft.answer('basisByForce')];
  const columns = forceColumns(draft);
  const known = basis.known('basis');
  const row = (role: 'row' | 'unknown', code: string, name: string): Table['rows'][number] => {
    const count = basis.count({ basis: code });
    return draft.row(
      role,
      draft.text(name),
      ...columns.map((column) => draft.cell(inColumn(both, column, code))),
      draft.cell(count),
      role === 'row' ? draft.cell(draft.part(count, known).share) : { kind: 'symbol', symbol: 'not-applicable' },
    );
  };
  const several =
    draft.context.language === 'en'
      ? 'Arrests, each counted once. An arrest may have more than one basis, so the rows add up to more.'
      : 'Detenciones, cada una contada una vez. Una detención puede tener más de un motivo, por lo que las filas suman más.';
  return draft.table({
    form: 'T3',
    title: TITLES.basisByForce,
    columns: [
      draft.column('label', HEADS.basis),
      ...columns.map(({ head }) => draft.column('count', head)),
      draft.column('count', HEADS.total),
      draft.column('share', HEADS.percent, ['a']),
    ],
    rows: [
      ...basis.codesByCount('basis').map((code) => row('row', code, draft.rowLabel('basis', code))),
      ...missingRows(basis, 'basis').map((code) => row('unknown', code, draft.say(MISSING_ROWS[code]))),
      draft.row(
        'total',
        draft.text(draft.say(HEADS.total), ['b']),
        ...columns.map((column) => draft.cell(inColumn(force, column, null))),
        draft.cell(basis.total()),
        { kind: 'symbol', symbol: 'not-applicable' },
      ),
    ],
    footnotes: [
      { mark: 'a', text: knownBaseNote(draft, draft.speech.text(known)) },
      { mark: 'b', text: several },
    ],
    from: [both, basis, force],
    audits: {
      exclusiveRows: false,
      across: { parts: columns.map((_, i) => i + 1), total: columns.length + 1 },
    },
  });
}

function basisChart(draft: Draft): Chart | null {
  const basis = draft.answer('basis');
  const total = basis.total();
  if (!total.value) return null;
  const counted = distribution(draft, basis, 'basis', { label: HEADS.basis, count: HEADS.arrests });
  const [first] = basis.codesByCount('basis');
  const most = first === undefined ? '' : draft.label('basis', first);
  const { language } = draft.context;
  return draft.chart({
    title: TITLES.basisChart,
    base:
      language === 'en'
        ? prose`n = ${draft.speech.digits(total)} ${unitNoun(total.unit, total.value, language)}; an arrest may have more than one basis`
        : prose`n = ${draft.speech.digits(total)} ${unitNoun(total.unit, total.value, language)}; una detención puede tener más de un motivo`,
    alt:
      language === 'en'
        ? `Horizontal bars, longest first: the basis most often recorded is ${most}.`
        : `Barras horizontales, de mayor a menor: el motivo más registrado es ${most}.`,
    spec: distributionBars(draft, basis, 'basis', draft.say(HEADS.arrests)),
    columns: counted.columns.map((column) => ({ ...column, marks: [] })),
    rows: counted.rows,
    from: [basis],
  });
}

function groundTable(draft: Draft): Table {
  const ground = draft.answer('legalGround');
  const counted = distribution(draft, ground, 'legalGround', { label: HEADS.ground, count: HEADS.arrests });
  const known = draft.speech.text(ground.known('legalGround'));
  return draft.table({
    form: 'T1a',
    title: TITLES.ground,
    ...counted,
    footnotes: [{ mark: 'a', text: knownBaseNote(draft, known) }],
    from: [ground],
    audits: { exclusiveRows: true },
  });
}

export function arrestSection(draft: Draft, label: string): Section {
  const { sentences, context } = draft;
  const [ground, basis, force] = [draft.answer('legalGround'), draft.answer('basis'), draft.answer('forceCombination')];
  const known = ground.known('legalGround');
  const inGround = (code: string) => draft.part(ground.count({ legalGround: code }), known);
  const [first, second] = basis
    .codesByCount('basis')
    .map((code) => ({ label: draft.label('basis', code), count: basis.count({ basis: code }) }));
  const columns = forceColumns(draft);
  const joint = columns.find(({ name }) => name === '*joint');
  const alone = columns
    .filter(({ name }) => !name.startsWith('*'))
    .map((column) => ({ head: column.head, count: inColumn(force, column, null) }))
    .sort((a, b) => (b.count.value ?? 0) - (a.count.value ?? 0))[0];
  const knownForce = force.known('forceCombination');

  return draft.section('arrest', label, [
    draft.paragraph({
      'arrest.noWarrant': sentences.noWarrant(inGround('NONE')),
      'arrest.onlyEmergency':
        context.country.emergency === null
          ? null
          : sentences.onlyEmergency(draft.say(context.country.emergency), inGround('EMERGENCY_ONLY')),
      'arrest.warrantShown': sentences.warrantShown(inGround('WARRANT_JUDICIAL')),
    }),
    groundTable(draft),
    draft.paragraph({
      'arrest.basis': first === undefined ? null : sentences.basis(first, second ?? null),
      'arrest.forces':
        alone === undefined || joint === undefined
          ? null
          : sentences.forces(
              alone.head,
              draft.part(alone.count, knownForce),
              draft.part(inColumn(force, joint, null), knownForce),
            ),
    }),
    basisChart(draft),
    basisByForce(draft),
  ]);
}
