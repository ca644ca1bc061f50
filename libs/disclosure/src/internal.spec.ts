import type { ExactTable, InternalTable } from './index.js';
import { forInternalUse } from './index.js';

const table = {
  request: { indicator: 'arrests_total', by: [], where: {}, from: null, to: null, asOf: '2023-03-27', limit: null },
  indicator: 'arrests_total',
  unit: 'arrest',
  dataVersion: 'v1',
  multiValued: [],
  cells: [],
  total: { key: {}, value: 3 },
  unknown: 0,
  notes: [],
} as unknown as ExactTable;

describe('tables for internal use', () => {
  it('carry the internal marking in both languages', () => {
    expect(forInternalUse(table)).toMatchObject({
      lane: 'internal',
      marking: {
        code: 'internal',
        en: 'internal: exact figures, not for publication',
        es: 'interno: cifras exactas, no publicar',
      },
    });
  });

  it('keep every value as it was', () => {
    expect(forInternalUse(table).total.value).toBe(3);
  });

  it('are the only tables that pass as internal', () => {
    // @ts-expect-error an exact table has not been through a lane
    const smuggled: InternalTable = table;
    expect(smuggled).not.toHaveProperty('marking');
  });
});
