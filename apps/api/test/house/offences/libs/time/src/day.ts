// offends: no-circular
import type { Month } from './month.js';

export const day = (month: Month): number => month.days;
