/** What a case looks like to a caller. Postgres built the JSON; here is decided what is added to it, field by field. */
import { ApiProperty } from '@nestjs/swagger';
import type { Catalogue } from '../reference/catalogue.js';
import { CaseStatusView, finite } from './case-status.js';
import type { ListedCase } from './cases.repository.js';

const TEXT = { type: 'string' } as const;
const TEXT_OR_NULL = { type: 'string', nullable: true } as const;
const CODES = { type: 'array', items: { type: 'string' } } as const;
const UUID = { type: 'string', format: 'uuid' } as const;

export class IdentityView {
  @ApiProperty({ ...TEXT, required: false }) givenNames?: string;
  @ApiProperty({ ...TEXT, required: false }) familyNames?: string;
  @ApiProperty({ ...TEXT, required: false }) aliases?: string;
  @ApiProperty({ ...TEXT, required: false }) documentType?: string;
  @ApiProperty({ ...TEXT, required: false }) documentNumber?: string;
  @ApiProperty({ ...TEXT, required: false }) address?: string;
  @ApiProperty({ ...TEXT, required: false }) phone?: string;
}

export class PersonView {
  @ApiProperty({ ...TEXT, description: 'The pseudonymous code by which the person is known outside the file.' })
  code!: string;
  @ApiProperty(TEXT) sex!: string;
  @ApiProperty(TEXT_OR_NULL) genderSelf!: string | null;
  @ApiProperty(TEXT_OR_NULL) born!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) ageAtArrest!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) ageMargin!: number | null;
  @ApiProperty(TEXT) occupation!: string;
  @ApiProperty(CODES) vulnerabilities!: string[];
  @ApiProperty({
    type: IdentityView,
    required: false,
    nullable: true,
    description: 'Only for callers who may read it; a coordinator states a reason.',
  })
  identity?: IdentityView | null;
  @ApiProperty({ type: 'boolean', description: 'Whether a name or document is on file.' }) identityRecorded!: boolean;
}

export class ArrestView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(TEXT) at!: string;
  @ApiProperty(TEXT) precision!: string;
  @ApiProperty(TEXT) area!: string;
  @ApiProperty(TEXT) legalGround!: string;
  @ApiProperty(CODES) bases!: string[];
  @ApiProperty(CODES) basesStated!: string[];
  @ApiProperty(CODES) basesObserved!: string[];
  @ApiProperty(CODES) forces!: string[];
  @ApiProperty(TEXT_OR_NULL) forceUnit!: string | null;
  @ApiProperty(TEXT) setting!: string;
  @ApiProperty(CODES) conduct!: string[];
  @ApiProperty(TEXT) emergencyRegime!: string;
  @ApiProperty(CODES) chargesAtArrest!: string[];
}

export class SourceView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(TEXT) type!: string;
  @ApiProperty(TEXT) relation!: string;
  @ApiProperty(TEXT) reliability!: string;
  @ApiProperty(TEXT) credibility!: string;
  @ApiProperty(TEXT_OR_NULL) informedOn!: string | null;
  @ApiProperty(TEXT_OR_NULL) language!: string | null;
}

export class AssignmentView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(UUID) userId!: string;
}

export class CaseView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty({ ...TEXT, example: 'CDD-7K3M-Q2XF' }) number!: string;
  @ApiProperty(TEXT_OR_NULL) externalId!: string | null;
  @ApiProperty(TEXT) country!: string;
  @ApiProperty(UUID) officeId!: string;
  @ApiProperty(TEXT) confidentiality!: string;
  @ApiProperty(TEXT) riskLevel!: string;
  @ApiProperty(TEXT) monitoring!: string;
  @ApiProperty({ ...UUID, nullable: true, description: 'The file that absorbed this one.' }) mergedInto!: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When its keys were destroyed: names and testimony are gone for ever, what is counted stays.',
  })
  erasedAt!: string | null;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: 'string', format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: PersonView }) person!: PersonView;
  @ApiProperty({ type: ArrestView, nullable: true, description: 'The latest arrest, in the account that is used.' })
  arrest!: ArrestView | null;
  @ApiProperty({ ...CODES, description: 'Uses consented to and not withdrawn.' }) consents!: string[];
  @ApiProperty({ type: SourceView, nullable: true }) source!: SourceView | null;
  @ApiProperty({ ...TEXT, nullable: true, required: false, description: 'Only for callers who may read testimony.' })
  narrative?: string | null;
  @ApiProperty(TEXT) verification!: string;
  @ApiProperty({ type: [AssignmentView] }) assignments!: AssignmentView[];
  @ApiProperty({
    type: CaseStatusView,
    nullable: true,
    description: 'As known today; null for a file that was merged into another.',
  })
  status!: CaseStatusView | null;
  @ApiProperty({
    type: 'string',
    required: false,
    enum: ['reason-needed'],
    description: 'Says why identity and testimony are left out.',
  })
  identityWithheld?: string;
  @ApiProperty({
    ...CODES,
    required: false,
    description: 'JSON Pointers of fields that could not be opened and say "unreadable".',
  })
  unreadable?: string[];
}

export class CreatedCaseView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty({ ...TEXT, example: 'CDD-7K3M-Q2XF' }) number!: string;
  @ApiProperty(TEXT_OR_NULL) externalId!: string | null;
}

export class CaseArrestItem {
  @ApiProperty({ type: 'string', format: 'date', nullable: true, description: 'First possible day.' }) earliest!:
    string | null;
  @ApiProperty({ type: 'string', format: 'date', nullable: true, description: 'Last possible day.' }) latest!:
    string | null;
  @ApiProperty({ ...TEXT, description: 'The finest area known.' }) area!: string;
  @ApiProperty(TEXT) legalGround!: string;
}

export class CaseItemView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(TEXT) number!: string;
  @ApiProperty(TEXT_OR_NULL) externalId!: string | null;
  @ApiProperty(UUID) officeId!: string;
  @ApiProperty(TEXT) confidentiality!: string;
  @ApiProperty(TEXT) riskLevel!: string;
  @ApiProperty(TEXT) monitoring!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: 'string', format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: CaseArrestItem }) arrest!: CaseArrestItem;
  @ApiProperty(TEXT) sex!: string;
  @ApiProperty(TEXT) ageBand!: string;
  @ApiProperty(TEXT) stage!: string;
  @ApiProperty({ ...TEXT, description: 'Last known place of custody.' }) place!: string;
  @ApiProperty(TEXT) verification!: string;
}

export function toCaseItemView(row: ListedCase, catalogue: Catalogue): CaseItemView {
  const term = (id: number): string => catalogue.termById(id)?.code ?? 'UNKNOWN';
  const area = catalogue.areaById(row.area3) ?? catalogue.areaById(row.area2) ?? catalogue.areaById(row.area1);
  return {
    id: row.id,
    number: row.number,
    externalId: row.externalId,
    officeId: row.officeId,
    confidentiality: row.confidentiality,
    riskLevel: row.riskLevel,
    monitoring: row.monitoring,
    version: row.version,
    recordedAt: row.recordedAt,
    arrest: {
      earliest: finite(row.arrestedOn),
      latest: finite(row.arrestedBy),
      area: area?.code ?? 'UNKNOWN',
      legalGround: term(row.legalGround),
    },
    sex: term(row.sex),
    ageBand: term(row.ageBand),
    stage: term(row.stage),
    place: catalogue.placeCode(row.place),
    verification: term(row.verification),
  };
}
