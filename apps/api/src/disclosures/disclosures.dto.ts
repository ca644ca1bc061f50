import { ApiProperty } from '@nestjs/swagger';
import { PURPOSE_CODES } from '#lib/consent';
import { Flag, Id, NameText, OneOf } from '../platform/validation/fields.js';
import { CaseParams } from '../record/case.dto.js';

const TEXT = { type: 'string' } as const;
const UUID = { type: 'string', format: 'uuid' } as const;
const MOMENT = { type: 'string', format: 'date-time' } as const;
const CODES = { type: 'array', items: { type: 'string' } } as const;

export class DisclosureParams extends CaseParams {
  @Id()
  disclosureId!: string;
}

export class ExportCaseBody {
  @OneOf(PURPOSE_CODES)
  purpose!: string;

  @NameText({ max: 200, description: 'The institution that gets it; no person.', example: 'Grupo de Trabajo' })
  recipient!: string;

  @Flag({ required: false, description: 'Whether names and testimony go along; not when left out.' })
  identity?: boolean;

  @Flag({ required: false, description: 'Sets aside consent that was not asked for or ran out; never a no.' })
  override?: boolean;
}

export class PurposeView {
  @ApiProperty(TEXT) code!: string;
  @ApiProperty(TEXT) en!: string;
  @ApiProperty(TEXT) es!: string;
  @ApiProperty({ ...CODES, description: 'Uses that must have been consented to.' }) needs!: readonly string[];
  @ApiProperty({ ...TEXT, nullable: true, description: 'The use by which names go along; null: never.' }) namesBy!:
    string | null;
}

export class DisclosureView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty({ type: 'string', enum: [...PURPOSE_CODES] }) purpose!: string;
  @ApiProperty({ ...TEXT, nullable: true, description: 'Sealed; null once the person was erased.' }) recipient!:
    string | null;
  @ApiProperty({ type: 'boolean' }) identity!: boolean;
  @ApiProperty({ ...CODES, description: 'Consents on which it rests.' }) uses!: readonly string[];
  @ApiProperty({ ...CODES, description: 'Missing consents that were set aside.' }) overridden!: readonly string[];
  @ApiProperty({ ...CODES, description: 'Consents on which it rested and that no longer hold.' })
  ended!: readonly string[];
  @ApiProperty({ type: 'string', format: 'date' }) decidedOn!: string;
  @ApiProperty(MOMENT) recordedAt!: string;
  @ApiProperty(UUID) recordedBy!: string;
  @ApiProperty({ ...MOMENT, nullable: true, description: 'When the file was first handed out.' }) takenAt!:
    string | null;
}

export class DecidedView {
  @ApiProperty(UUID) id!: string;
  @ApiProperty(CODES) uses!: readonly string[];
  @ApiProperty(CODES) overridden!: readonly string[];
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) links!: { readonly file: string };
}
