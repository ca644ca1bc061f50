import type { InternalTable } from './internal.js';

/**
 * What may be rendered: a table that came through one of the lanes. `lane` tells them apart; a lane that publishes
 * adds its own branded table to this union and changes nothing for the renderers that read the shared fields.
 */
export type ReleasableTable = InternalTable;
