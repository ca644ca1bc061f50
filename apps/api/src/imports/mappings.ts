/** Mapping profiles, read once at start from `samples/` and from what an installation adds beside them. */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readMapping, type Mapping } from '#lib/intake';
import { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';

@Injectable()
export class Mappings implements OnModuleInit {
  private readonly byCode = new Map<string, Mapping>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  onModuleInit(): void {
    const folder = join(this.config.root, 'samples');
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith('.mapping.yaml'))
      .sort()) {
      const mapping = readMapping(parse(readFileSync(join(folder, name), 'utf8')));
      this.byCode.set(mapping.code, mapping);
    }
  }

  get(code: string): Mapping | undefined {
    return this.byCode.get(code);
  }

  all(): readonly Mapping[] {
    return [...this.byCode.values()];
  }
}
