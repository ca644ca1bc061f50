// offends: libs-touch-nothing
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const matching = [createHash, readFileSync];
