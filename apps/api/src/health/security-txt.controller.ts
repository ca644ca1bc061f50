/**
 * Whom to tell of a weakness (RFC 9116). The page goes out of date by itself, so that an abandoned installation does
 * not send a finder to somebody who no longer answers: a server that runs renews it, one that was left behind a cache
 * does not.
 */
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../access/decorators.js';
import { Answer } from '../platform/answer.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import { platformProblems } from '../platform/problem.filter.js';
import { CONFIG } from '../platform/provided.js';

const GOOD_FOR_MS = 90 * 24 * 3_600_000;
const PATH = '.well-known/security.txt';

@ApiTags('Operation')
@Controller()
export class SecurityTxtController {
  constructor(
    @Inject(CONFIG) private readonly config: Readonly<Config>,
    private readonly clock: Clock,
  ) {}

  @Get(PATH)
  @Public('Whoever finds a weakness must learn whom to tell without an account.')
  @ApiOperation({ operationId: 'securityContact', summary: 'Whom to tell of a weakness (RFC 9116), if that is set' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  read(): Answer<string> {
    const { securityContact, publicUrl } = this.config;
    if (securityContact === '') throw platformProblems.noRoute({});
    const lines = [
      `Contact: ${securityContact}`,
      `Expires: ${new Date(this.clock.now().getTime() + GOOD_FOR_MS).toISOString().slice(0, 19)}Z`,
      'Preferred-Languages: es, en',
      ...(publicUrl.startsWith('https://') ? [`Canonical: ${new URL(PATH, publicUrl).href}`] : []),
    ];
    return new Answer(`${lines.join('\n')}\n`, { contentType: 'text/plain; charset=utf-8' });
  }
}
