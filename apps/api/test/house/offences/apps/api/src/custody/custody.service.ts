// offends: features-through-services
import type { rows } from '../cases/cases.repository.js';
import { cases } from '../cases/cases.service.js';
import { insertRows } from '../record/case-rows.repository.js';

export type Row = typeof rows;
export const custody = [cases, insertRows];
