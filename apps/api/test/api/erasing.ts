/** Erasure as two coordinators do it: one asks, the other confirms. */
import type { RecordedCase } from '#lib/testing';
import type { ServiceUnderTest } from './service-under-test.js';

export interface Receipt {
  readonly caseId: string;
  readonly erasedAt: string;
  readonly files: number;
  readonly keys: number;
  readonly digest: string;
}

/** Erases a person; answers the receipt. */
export async function eraseByTwo(
  api: Pick<ServiceUnderTest, 'as'>,
  file: Pick<RecordedCase, 'path' | 'number'>,
): Promise<Receipt> {
  const wish = { number: file.number, reason: 'La familia lo pidió' };
  const { body: request } = await api.as('coordinator').post(`${file.path}/erasure-requests`, wish).expect(201);
  const confirmation = `/v1/erasure-requests/${request.id as string}/confirmation`;
  return (await api.as('second coordinator').post(confirmation, wish).expect(201)).body as Receipt;
}
