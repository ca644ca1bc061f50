import { ApiProperty } from '@nestjs/swagger';

/** What a recorded act answers: enough to go on, nothing that identifies anybody. */
export class RecordedView {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', format: 'uuid' })
  caseId!: string;

  @ApiProperty({ type: 'string', description: 'Kind of what was recorded.' })
  kind!: string;

  @ApiProperty({ type: 'integer', description: 'Version of the case after the act.' })
  version!: number;
}
