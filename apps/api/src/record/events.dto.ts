/** What may be said of each event. Field names are the contract’s; codes are checked against the case’s country. */
import {
  AreaCode,
  Code,
  Codes,
  EventDate,
  Id,
  NameText,
  NestedList,
  PlaceCode,
  Whole,
  YesNo,
} from '../platform/validation/fields.js';

const OPTIONAL = { required: false } as const;

/** What every event carries. */
export class EventBody {
  @EventDate()
  at!: string;

  @Id({
    ...OPTIONAL,
    description: 'The event of the same kind that this one replaces in the reading; it stays in the record.',
  })
  corrects?: string;

  @Id({ ...OPTIONAL, description: 'A source of this case that tells it.' })
  sourceId?: string;
}

/** An event of one arrest; without the id the arrest is found by date. */
export class ArrestEventBody extends EventBody {
  @Id({ ...OPTIONAL, description: 'The arrest it belongs to; without it the dates decide.' })
  arrestId?: string;
}

/** What is said of an arrest, at the opening of a case and later. */
export class ArrestBody {
  @EventDate()
  at!: string;

  @AreaCode({ example: 'SV-SS-SOYAPANGO' })
  area!: string;

  @Code('ARREST_LEGAL')
  legalGround!: string;

  @Codes('ARREST_BASIS', { description: 'Stated or apparent bases, without saying who stated them.' })
  bases!: string[];

  @Codes('ARREST_BASIS', { ...OPTIONAL, description: 'As the authority stated them.' })
  basesStated?: string[];

  @Codes('ARREST_BASIS', { ...OPTIONAL, description: 'As witnesses observed them.' })
  basesObserved?: string[];

  @Codes('FORCE')
  forces!: string[];

  @NameText({ ...OPTIONAL, max: 200, description: 'Name of the unit, where known.' })
  forceUnit?: string;

  @Code('ARREST_SETTING', OPTIONAL)
  setting?: string;

  @Codes('ARREST_CONDUCT', OPTIONAL)
  conduct?: string[];

  @Code('EMERGENCY_REGIME', OPTIONAL)
  emergencyRegime?: string;

  @Codes('CHARGE', OPTIONAL)
  chargesAtArrest?: string[];
}

export class RecordArrestBody extends ArrestBody {
  @Id({ ...OPTIONAL, description: 'The arrest that this account replaces in the reading; it stays in the record.' })
  corrects?: string;

  @Id({ ...OPTIONAL, description: 'A source of this case that tells it.' })
  sourceId?: string;

  @Id({ ...OPTIONAL, description: 'The arrest after whose release this one followed.' })
  previousArrestId?: string;
}

export class RecordCustodySpellBody extends ArrestEventBody {
  @EventDate(OPTIONAL)
  until?: string;

  @PlaceCode({ example: 'SV-IZALCO' })
  place!: string;

  @Code('PLACE_TYPE', OPTIONAL)
  placeType?: string;

  @NameText({ ...OPTIONAL, max: 200, description: 'Sector, cell or ward.' })
  section?: string;
}

export class RecordHearingBody extends ArrestEventBody {
  @Code('STAGE')
  stage!: string;

  @Code('HEARING_MODE', OPTIONAL)
  mode?: string;

  @Whole({ min: 1, max: 100_000 }, { ...OPTIONAL, description: 'How many defendants shared the hearing.' })
  defendants?: number;

  @NameText({ ...OPTIONAL, max: 200 })
  court?: string;

  @YesNo(OPTIONAL)
  judgeIdentityReserved?: string;

  @YesNo(OPTIONAL)
  factsIndividualised?: string;

  @YesNo(OPTIONAL)
  lastWordUsed?: string;

  @YesNo(OPTIONAL)
  counselMetBefore?: string;

  @Whole({ min: 0, max: 10_000 }, { ...OPTIONAL, description: 'Hours between the notice and the hearing.' })
  noticeHours?: number;

  @YesNo(OPTIONAL)
  tiesDocumentsAccepted?: string;

  @YesNo(OPTIONAL)
  secrecyTotal?: string;

  @Whole({ min: 0, max: 100_000 }, OPTIONAL)
  durationMinutes?: number;
}

export class RecordMeasureBody extends ArrestEventBody {
  @EventDate(OPTIONAL)
  until?: string;

  @Code('MEASURE')
  measure!: string;
}

export class RecordChargeBody extends ArrestEventBody {
  @Code('CHARGE')
  charge!: string;

  @Code('CHARGE_ROLE', OPTIONAL)
  role?: string;

  @Code('GANG_ALLEGED', {
    ...OPTIONAL,
    absent: null,
    description: 'An allegation of the authority. Only lawyers assigned to the case record and read it.',
  })
  gangAlleged?: string;
}

export class RecordCounselBody extends ArrestEventBody {
  @EventDate(OPTIONAL)
  until?: string;

  @Code('LEGAL_AID')
  legalAid!: string;

  @YesNo(OPTIONAL)
  metBeforeHearing?: string;

  @Code('FILE_ACCESS', OPTIONAL)
  fileAccess?: string;

  @YesNo(OPTIONAL)
  notified?: string;

  @YesNo(OPTIONAL)
  couldSpeak?: string;
}

export class RecordContactBody extends ArrestEventBody {
  @EventDate(OPTIONAL)
  until?: string;

  @Code('CONTACT')
  contact!: string;
}

export class RecordRemedyBody extends ArrestEventBody {
  @Code('REMEDY')
  remedy!: string;

  @Code('HABEAS_TYPE', { ...OPTIONAL, absent: null })
  habeasType?: string;

  @NameText({ ...OPTIONAL, max: 200 })
  court?: string;

  @Code('REMEDY_STATUS', { ...OPTIONAL, description: 'Its latest status when it is recorded; FILED when left out.' })
  status?: string;
}

export class RecordRemedyStepBody extends EventBody {
  @Code('REMEDY_STATUS')
  status!: string;
}

export class RecordViolationBody extends ArrestEventBody {
  @EventDate(OPTIONAL)
  until?: string;

  @Code('VIOLATION')
  violation!: string;

  @Codes('METHOD', OPTIONAL)
  methods?: string[];

  @PlaceCode({ ...OPTIONAL, absent: null })
  place?: string;

  @Codes('FORCE', OPTIONAL)
  forces?: string[];

  @Code('VERIFICATION', { ...OPTIONAL, description: 'How well it is supported.' })
  grade?: string;
}

export class DeathSignBody {
  @Code('SIGN')
  sign!: string;

  @Code('SIGN_OBSERVER')
  observer!: string;
}

export class RecordDeathBody extends ArrestEventBody {
  @Code('MANNER', { ...OPTIONAL, description: 'Manner of death as the authority states it.' })
  mannerOfficial?: string;

  @Code('MANNER', { ...OPTIONAL, description: 'Manner of death as the organisation assesses it.' })
  mannerAssessed?: string;

  @Code('ASSESSED_CLASS', OPTIONAL)
  classAssessed?: string;

  @Code('CAUSE_GROUP', OPTIONAL)
  causeOfficial?: string;

  @Code('CAUSE_GROUP', OPTIONAL)
  causeAssessed?: string;

  @NameText({ ...OPTIONAL, max: 20, description: 'ICD-11 code, typed by whoever read the document; never derived.' })
  icd11?: string;

  @AreaCode({
    ...OPTIONAL,
    description: 'Area of the death, or of the authority that reports it, where it is known apart from the arrest.',
  })
  area?: string;

  @Code('PLACE_OF_DEATH', OPTIONAL)
  placeOfDeath?: string;

  @Code('STATUS_AT_DEATH', {
    ...OPTIONAL,
    description: 'Legal status as the source states it; the service computes its own from the timeline.',
  })
  statusAtDeathStated?: string;

  @NestedList(() => DeathSignBody, { ...OPTIONAL, max: 40 })
  signs?: DeathSignBody[];

  @Codes('CARE_FAILURE', OPTIONAL)
  careFailures?: string[];

  @Codes('DEATH_DOCUMENT', { ...OPTIONAL, description: 'Documents that somebody of the organisation saw.' })
  documents?: string[];

  @Code('BURIAL', OPTIONAL)
  burial?: string;

  @Code('HOW_FAMILY_LEARNED', OPTIONAL)
  howFamilyLearned?: string;

  @Code('STATE_INQUIRY', OPTIONAL)
  inquiry?: string;

  @Code('OFFICIAL_POSITION', OPTIONAL)
  officialPosition?: string;

  @Code('MISMATCH', { ...OPTIONAL, description: 'Whether the official cause differs from the signs.' })
  mismatch?: string;
}

export class RecordReleaseBody extends ArrestEventBody {
  @Code('OUTCOME')
  release!: string;

  @PlaceCode({ ...OPTIONAL, absent: null })
  place?: string;
}
