import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import type { Page } from '../platform/cursor.js';
import { ApiPage } from '../platform/openapi-types.js';
import { PageQuery } from '../platform/paging.js';
import { Id } from '../platform/validation/fields.js';
import { AlertsService } from './alerts.service.js';
import { AlertView, DuressPasswordBody, RestorationView, TravelBody } from './duress.dto.js';
import { DuressService } from './duress.service.js';

class UserParams {
  @Id()
  userId!: string;
}
class AlertParams {
  @Id()
  alertId!: string;
}

@ApiTags('Under duress')
@Controller('v1')
export class DuressController {
  constructor(
    private readonly alerts: AlertsService,
    private readonly duress: DuressService,
  ) {}

  @Put('me/duress-password')
  @Permit('self:read')
  @StepUp()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'setDuressPassword',
    summary: 'A second password: it signs in to nothing, suspends the real scope and alerts silently',
  })
  @ApiNoContentResponse()
  set(@Caller() caller: CallerType, @Body() body: DuressPasswordBody): Promise<void> {
    return this.duress.setPassword(caller, body.present, body.duress);
  }

  @Delete('me/duress-password')
  @Permit('self:read')
  @StepUp()
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeDuressPassword', summary: 'No second password any more' })
  @ApiNoContentResponse()
  remove(@Caller() caller: CallerType): Promise<void> {
    return this.duress.removePassword(caller);
  }

  @Put('me/travel')
  @Permit('self:read')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'travel',
    summary: 'Suspend one’s own scope until a moment, or until two colleagues give it back; signs out everywhere',
  })
  @ApiNoContentResponse()
  travel(@Caller() caller: CallerType, @Body() body: TravelBody): Promise<void> {
    return this.duress.travel(caller, body.until);
  }

  @Post('users/:userId/restorations')
  @Permit('scope:restore')
  @StepUp()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'restoreScope',
    summary: 'Say that a suspended scope may be given back; two people do it',
  })
  @ApiOkResponse({ type: RestorationView })
  restore(@Caller() caller: CallerType, @Param() { userId }: UserParams): Promise<RestorationView> {
    return this.duress.restore(caller, userId);
  }

  @Get('alerts')
  @Permit('alert:read')
  @ApiOperation({ operationId: 'listAlerts', summary: 'What coordinators and auditors must learn of, newest first' })
  @ApiPage(AlertView)
  list(@Caller() caller: CallerType, @Query() query: PageQuery): Promise<Page<AlertView>> {
    return this.alerts.list(caller, query);
  }

  @Put('alerts/:alertId/seen')
  @Permit('alert:read')
  @HttpCode(204)
  @ApiOperation({ operationId: 'seeAlert', summary: 'Note that one has seen an alert' })
  @ApiNoContentResponse()
  see(@Caller() caller: CallerType, @Param() { alertId }: AlertParams): Promise<void> {
    return this.alerts.see(caller, alertId);
  }
}
