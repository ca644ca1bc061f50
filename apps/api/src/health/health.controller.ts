import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/decorators.js';
import { poolConnections, registry } from '../platform/metrics.js';
import { HealthRepository } from './health.repository.js';

export class HealthView {
  @ApiProperty({ type: 'string', enum: ['ok'] })
  status!: 'ok';
}

export class ReadyView extends HealthView {
  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    description: 'What an operator should see to: codes of docs/operations.md, none when all is well.',
    example: [],
  })
  warnings!: readonly string[];
}

@ApiTags('Operation')
@Controller()
export class HealthController {
  constructor(private readonly database: HealthRepository) {}

  @Get('health/live')
  @Public('A supervisor asks whether the process answers; it says nothing else.')
  @ApiOperation({ operationId: 'live', summary: 'Whether the process answers' })
  @ApiOkResponse({ type: HealthView })
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Public('A load balancer asks whether the database answers too.')
  @ApiOperation({ operationId: 'ready', summary: 'Whether the service can serve: the database answers' })
  @ApiOkResponse({ type: ReadyView })
  async ready(): Promise<ReadyView> {
    await this.database.ask();
    return { status: 'ok', warnings: this.database.warnings() };
  }

  @Get('health')
  @Public('The same as ready, at the address that many tools try first.')
  @ApiOperation({ operationId: 'health', summary: 'Whether the service can serve' })
  @ApiOkResponse({ type: ReadyView })
  health(): Promise<ReadyView> {
    return this.ready();
  }

  @Get('metrics')
  @Public('Counts and times of the service itself; nothing about any case.')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ operationId: 'metrics', summary: 'Metrics in Prometheus text form' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async metrics(): Promise<string> {
    const pool = this.database.connections();
    poolConnections.set({ state: 'total' }, pool.total);
    poolConnections.set({ state: 'idle' }, pool.idle);
    poolConnections.set({ state: 'waiting' }, pool.waiting);
    return registry.metrics();
  }
}
