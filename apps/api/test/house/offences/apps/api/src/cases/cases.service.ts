// offends: prisma-only-in-repositories
import { Prisma } from '@prisma/client';
import { rows } from './cases.repository.js';

export const cases = [Prisma, rows];
