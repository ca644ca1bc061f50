/** A job as whoever started it follows it. */
import { ApiProperty } from '@nestjs/swagger';

export const JOB_STATUS = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export class ProgressView {
  @ApiProperty({ type: 'integer' }) done!: number;
  @ApiProperty({ type: 'integer', nullable: true }) total!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, maximum: 100 }) percent!: number | null;
}

export class LinksView {
  @ApiProperty({ type: 'string' }) self!: string;
  @ApiProperty({ type: 'string', required: false }) errors?: string;
  @ApiProperty({ type: 'string', required: false }) html?: string;
  @ApiProperty({ type: 'string', required: false }) md?: string;
  @ApiProperty({ type: 'string', required: false }) json?: string;
}

export class JobView {
  @ApiProperty({ type: 'string', format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'string', enum: [...JOB_STATUS] }) status!: string;
  @ApiProperty({ type: ProgressView }) progress!: ProgressView;
  @ApiProperty({ type: LinksView }) links!: LinksView;
  @ApiProperty({ type: 'string', format: 'date-time' }) createdAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true }) finishedAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Code of the problem that ended it, when it failed.' })
  problem!: string | null;
}

/** Long work that was asked for, and how far it is. */
export interface JobRow {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: string;
  readonly status: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly done: number;
  readonly total: number | null;
  readonly input: unknown;
  readonly checkpoint: unknown;
  readonly result: unknown;
  readonly problem: string | null;
}

/** Share done in whole percent; 100 only when it is over. */
function percentOf(job: JobRow): number | null {
  if (job.status === 'succeeded') return 100;
  if (job.total === null || job.total === 0) return job.total === 0 ? 0 : null;
  return Math.min(99, Math.floor((job.done / job.total) * 100));
}

export const toJobView = (job: JobRow, links: LinksView): JobView => ({
  id: job.id,
  status: job.status,
  progress: { done: job.done, total: job.total, percent: percentOf(job) },
  links,
  createdAt: job.createdAt.toISOString(),
  finishedAt: job.finishedAt?.toISOString() ?? null,
  problem: job.problem,
});
