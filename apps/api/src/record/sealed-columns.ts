/**
 * Which columns are sealed, with which key of the case and to which length they are padded. Whatever names somebody or
 * is free text stands here; a check constraint beside each of these columns refuses anything that is not sealed.
 */
import type { Step } from '#lib/sealing';
import type { KeyClass } from '../keys/key-ring.js';

export interface SealedColumn {
  readonly keyClass: KeyClass;
  readonly step: Step;
  /** The column is JSON: what is sealed is the value as JSON text. */
  readonly json?: true;
}

export interface SealedTable {
  /** The column that names the row, to which the value is bound. */
  readonly row: string;
  /** The column that names the case whose keys are used. */
  readonly caseId: string;
  readonly columns: Readonly<Record<string, SealedColumn>>;
}

const IDENTITY: SealedColumn = { keyClass: 'identity', step: 'short' };
const SOURCE: SealedColumn = { keyClass: 'source', step: 'short' };
/** A word or a sentence of free text. */
const REMARK: SealedColumn = { keyClass: 'testimony', step: 'short' };
const TEXT: SealedColumn = { keyClass: 'testimony', step: 'text' };

const table = (row: string, columns: SealedTable['columns'], caseId = 'case_id'): SealedTable => ({
  row,
  caseId,
  columns,
});
const event = (columns: SealedTable['columns'] = {}): SealedTable => table('id', { ...columns, withdrawn_for: REMARK });

export const SEALED: Readonly<Record<string, SealedTable>> = {
  person: table('id', { born_edtf: IDENTITY, gender_self: IDENTITY }),
  person_identity: table('person_id', {
    given_names: IDENTITY,
    family_names: IDENTITY,
    aliases: IDENTITY,
    document_type: IDENTITY,
    document_number: IDENTITY,
    address: IDENTITY,
    phone: IDENTITY,
  }),
  testimony: table('id', { text: TEXT }),
  note: table('id', { text: TEXT }),
  amendment: table('id', {
    before: { ...IDENTITY, json: true },
    after: { ...IDENTITY, json: true },
    reason: REMARK,
  }),
  source: table('id', { language: REMARK }),
  source_contact: table('source_id', { name: SOURCE, phone: SOURCE, address: SOURCE }),
  consent: table('id', { language: REMARK }),
  disclosure: table('id', { recipient: REMARK }),
  verification: table('id', { reason: REMARK }),
  account_choice: table('id', { reason: REMARK }),
  merge: table('id', { reason: REMARK }, 'keep_id'),
  arrest: event({ force_unit: REMARK }),
  custody_spell: event({ section: REMARK }),
  hearing: event({ court: REMARK }),
  measure: event(),
  charge: event(),
  counsel: event(),
  contact: event(),
  remedy: event({ court: REMARK }),
  remedy_step: event(),
  violation: event(),
  death: event({ icd11: REMARK }),
  release: event(),
};
