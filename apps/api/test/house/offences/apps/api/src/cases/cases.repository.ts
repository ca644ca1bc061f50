import { Prisma } from '@prisma/client';

export const rows = Prisma;
