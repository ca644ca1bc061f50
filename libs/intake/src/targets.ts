/** What a mapping may fill: every target with the kind of value it takes, under the names of the HTTP contract. */

export interface Target {
  readonly kind: 'text' | 'name' | 'date' | 'day' | 'integer' | 'code' | 'codes' | 'objects' | 'area' | 'place';
  /** The vocabulary of its codes. */
  readonly list?: string;
  readonly max?: number;
  readonly range?: { readonly min: number; readonly max: number };
  /** What stands there when the mapping says nothing of it. */
  readonly absent?: string;
}

const name = (max = 200): Target => ({ kind: 'name', max });
const code = (list: string, absent?: string): Target => ({ kind: 'code', list, absent });
const codes = (list: string): Target => ({ kind: 'codes', list });
const date: Target = { kind: 'date' };
const integer = (min: number, max: number): Target => ({ kind: 'integer', range: { min, max } });
const place: Target = { kind: 'place', list: 'PLACE' };
const yesNo = code('YES_NO');

export const CASE_TARGETS: Readonly<Record<string, Target>> = {
  'person.identity.givenNames': name(),
  'person.identity.familyNames': name(),
  'person.identity.documentNumber': name(60),
  'person.sex': code('SEX', 'UNKNOWN'),
  'person.born': date,
  'person.ageAtArrest': integer(0, 120),
  'person.occupation': code('OCCUPATION'),
  'person.vulnerabilities': codes('VULNERABILITY'),
  'arrest.at': { kind: 'date', absent: 'XXXX' },
  'arrest.area': { kind: 'area', absent: 'UNKNOWN' },
  'arrest.legalGround': code('ARREST_LEGAL', 'UNKNOWN'),
  'arrest.setting': code('ARREST_SETTING'),
  'arrest.emergencyRegime': code('EMERGENCY_REGIME', 'UNKNOWN'),
  'arrest.bases': codes('ARREST_BASIS'),
  'arrest.basesStated': codes('ARREST_BASIS'),
  'arrest.basesObserved': codes('ARREST_BASIS'),
  'arrest.forces': codes('FORCE'),
  'arrest.conduct': codes('ARREST_CONDUCT'),
  'arrest.chargesAtArrest': codes('CHARGE'),
  'source.type': code('SOURCE_TYPE', 'UNKNOWN'),
  'source.relation': code('RELATION'),
  'source.reliability': code('SOURCE_RELIABILITY'),
  'source.credibility': code('INFO_CREDIBILITY'),
  'source.informedOn': date,
  consents: { kind: 'objects', list: 'CONSENT_USE' },
  narrative: { kind: 'text', max: 50_000 },
};

export const EVENT_FIELDS: Readonly<Record<string, Readonly<Record<string, Target>>>> = {
  'custody-spells': { at: date, until: date, place, placeType: code('PLACE_TYPE'), section: name() },
  hearings: {
    at: date,
    stage: code('STAGE'),
    mode: code('HEARING_MODE'),
    defendants: integer(1, 100_000),
    court: name(),
    judgeIdentityReserved: yesNo,
    factsIndividualised: yesNo,
    lastWordUsed: yesNo,
    counselMetBefore: yesNo,
    noticeHours: integer(0, 10_000),
    tiesDocumentsAccepted: yesNo,
    secrecyTotal: yesNo,
    durationMinutes: integer(0, 100_000),
  },
  measures: { at: date, measure: code('MEASURE'), until: date },
  charges: { at: date, charge: code('CHARGE'), role: code('CHARGE_ROLE') },
  counsel: {
    at: date,
    until: date,
    legalAid: code('LEGAL_AID'),
    metBeforeHearing: yesNo,
    fileAccess: code('FILE_ACCESS'),
    notified: yesNo,
    couldSpeak: yesNo,
  },
  contacts: { at: date, until: date, contact: code('CONTACT') },
  remedies: {
    at: date,
    remedy: code('REMEDY'),
    habeasType: code('HABEAS_TYPE'),
    court: name(),
    status: code('REMEDY_STATUS'),
  },
  violations: { at: date, violation: code('VIOLATION'), methods: codes('METHOD'), place, forces: codes('FORCE') },
  releases: { at: date, release: code('OUTCOME'), place },
  deaths: {
    at: date,
    mannerOfficial: code('MANNER'),
    mannerAssessed: code('MANNER'),
    classAssessed: code('ASSESSED_CLASS'),
    causeOfficial: code('CAUSE_GROUP'),
    causeAssessed: code('CAUSE_GROUP'),
    area: { kind: 'area' },
    placeOfDeath: code('PLACE_OF_DEATH'),
    statusAtDeathStated: code('STATUS_AT_DEATH'),
    signs: { kind: 'objects', list: 'SIGN' },
    careFailures: codes('CARE_FAILURE'),
    documents: codes('DEATH_DOCUMENT'),
    burial: code('BURIAL'),
    howFamilyLearned: code('HOW_FAMILY_LEARNED'),
    inquiry: code('STATE_INQUIRY'),
    officialPosition: code('OFFICIAL_POSITION'),
    mismatch: code('MISMATCH'),
  },
};
