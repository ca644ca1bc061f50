// offends: libs-arrows
import type { table } from '#lib/statistics';

export type Printed = typeof table;
