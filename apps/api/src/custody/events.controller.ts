/** One route a kind of event; the words of the address are the words of the contract. */
import { Body, Controller, Delete, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit } from '../access/decorators.js';
import type { Answer } from '../platform/answer.js';
import { Retryable, type Retry } from '../platform/idempotency.js';
import { Id } from '../platform/validation/fields.js';
import { requiredVersion } from '../platform/versions.js';
import { CaseParams } from '../record/case.dto.js';
import {
  RecordArrestBody,
  RecordChargeBody,
  RecordContactBody,
  RecordCounselBody,
  RecordCustodySpellBody,
  RecordDeathBody,
  RecordHearingBody,
  RecordMeasureBody,
  RecordReleaseBody,
  RecordRemedyBody,
  RecordRemedyStepBody,
  RecordViolationBody,
} from '../record/events.dto.js';
import { RecordedView } from '../record/recorded.view.js';
import { EventsService } from './events.service.js';
import { ChooseAccountBody } from './support.dto.js';

class RemedyParams extends CaseParams {
  @Id()
  remedyId!: string;
}
class EventParams extends CaseParams {
  @Id()
  eventId!: string;
}

type Recorded = Promise<Answer<RecordedView>>;

@ApiTags('What happened')
@Controller('v1/cases/:caseId')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Post('arrests')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordArrest', summary: 'Record an arrest, or another account of one' })
  @ApiCreatedResponse({ type: RecordedView })
  arrest(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordArrestBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'arrests', body);
  }

  @Post('custody-spells')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordCustodySpell', summary: 'Record a place of custody, from and to' })
  @ApiCreatedResponse({ type: RecordedView })
  spell(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordCustodySpellBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'custody-spells', body);
  }

  @Post('hearings')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordHearing', summary: 'Record an appearance before a court' })
  @ApiCreatedResponse({ type: RecordedView })
  hearing(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordHearingBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'hearings', body);
  }

  @Post('measures')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordMeasure', summary: 'Record what the court ordered' })
  @ApiCreatedResponse({ type: RecordedView })
  measure(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordMeasureBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'measures', body);
  }

  @Post('charges')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordCharge', summary: 'Record a charge' })
  @ApiCreatedResponse({ type: RecordedView })
  charge(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordChargeBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'charges', body);
  }

  @Post('counsel')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordCounsel', summary: 'Record who defended, from and to' })
  @ApiCreatedResponse({ type: RecordedView })
  counsel(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordCounselBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'counsel', body);
  }

  @Post('contacts')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordContact', summary: 'Record contact with the person, or its denial' })
  @ApiCreatedResponse({ type: RecordedView })
  contact(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordContactBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'contacts', body);
  }

  @Post('remedies')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordRemedy', summary: 'Record a petition' })
  @ApiCreatedResponse({ type: RecordedView })
  remedy(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordRemedyBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'remedies', body);
  }

  @Post('remedies/:remedyId/steps')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordRemedyStep', summary: 'Record what became of a petition' })
  @ApiCreatedResponse({ type: RecordedView })
  remedyStep(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId, remedyId }: RemedyParams,
    @Body() body: RecordRemedyStepBody,
  ): Recorded {
    return this.events.recordStep(caller, retry, caseId, remedyId, body);
  }

  @Post('violations')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordViolation', summary: 'Record a violation' })
  @ApiCreatedResponse({ type: RecordedView })
  violation(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordViolationBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'violations', body);
  }

  @Post('deaths')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordDeath', summary: 'Record a death, or another account of it' })
  @ApiCreatedResponse({ type: RecordedView })
  death(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordDeathBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'deaths', body);
  }

  @Post('releases')
  @Permit('case:record')
  @ApiOperation({ operationId: 'recordRelease', summary: 'Record that the person left custody' })
  @ApiCreatedResponse({ type: RecordedView })
  release(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: RecordReleaseBody,
  ): Recorded {
    return this.events.record(caller, retry, caseId, 'releases', body);
  }

  @Post('account-choices')
  @Permit('case:verify')
  @ApiOperation({ operationId: 'chooseAccount', summary: 'Decide which of several accounts of one fact is used' })
  @ApiCreatedResponse({ type: RecordedView })
  choose(
    @Caller() caller: CallerType,
    @Retryable() retry: Retry,
    @Param() { caseId }: CaseParams,
    @Body() body: ChooseAccountBody,
  ): Recorded {
    return this.events.choose(caller, retry, caseId, body);
  }

  @Delete('events/:eventId')
  @Permit('case:amend')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'withdrawEvent',
    summary: 'Take an event back: it stays in the record and counts for nothing',
  })
  @ApiNoContentResponse()
  withdraw(
    @Caller() caller: CallerType,
    @Param() { caseId, eventId }: EventParams,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.events.withdraw(caller, caseId, eventId, requiredVersion(ifMatch));
  }
}
