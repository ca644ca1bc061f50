import { Module } from '@nestjs/common';
import { JobsRepository } from './jobs.repository.js';
import { Worker } from './worker.js';

@Module({ providers: [Worker, JobsRepository], exports: [Worker] })
export class JobsModule {}
