/** Stands on the worker, which stands on nothing of access. */
import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { SignInSweepRepository } from './sign-in-sweep.repository.js';
import { SignInSweep } from './sign-in-sweep.service.js';

@Module({ imports: [JobsModule], providers: [SignInSweep, SignInSweepRepository], exports: [SignInSweep] })
export class SignInSweepModule {}
