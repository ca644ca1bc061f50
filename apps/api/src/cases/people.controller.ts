import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller as CallerType } from '#lib/access';
import { Caller, Permit, StepUp } from '../access/decorators.js';
import { ApiPage } from '../platform/openapi-types.js';
import { FoundPersonView, SearchPeopleBody } from './people.dto.js';
import { PeopleService } from './people.service.js';

@ApiTags('Cases')
@Controller('v1/persons')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Post('search')
  @HttpCode(200)
  @Permit('identity:read')
  @StepUp('to-search')
  @ApiOperation({
    operationId: 'searchPeople',
    summary: 'Find people by name or document number; every person shown is audited, a coordinator states a reason',
  })
  @ApiPage(FoundPersonView)
  async search(
    @Caller() caller: CallerType,
    @Body() body: SearchPeopleBody,
  ): Promise<{ items: FoundPersonView[]; next: null }> {
    return { items: await this.people.search(caller, body), next: null };
  }
}
