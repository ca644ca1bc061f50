/** Finding people by name or document, by either index: however it is spelt, and only what one reaches. */
import { aCase, idOf, type RecordedCase } from '#lib/testing';
import { eraseByTwo } from '../api/erasing.js';
import { aService, type ServiceUnderTest } from '../api/service-under-test.js';

describe.each(['memory', 'blind'] as const)('By the index `%s`', (nameIndex) => {
  let api: ServiceUnderTest;
  let file: RecordedCase;
  beforeAll(async () => {
    api = await aService({ worker: false, nameIndex });
    file = await aCase()
      .of({ identity: { givenNames: 'José Edwin', familyNames: 'Menjívar de la Cruz', documentNumber: '73803817-2' } })
      .recordedBy(api.as('caseworker'));
    await aCase().named('Rosa', 'Guevara Sintética').recordedBy(api.as('caseworker'));
  });
  afterAll(() => api.stop());

  const search = (
    body: object,
    who: 'caseworker' | 'lawyer' | 'coordinator' | 'researcher' | 'auditor' = 'caseworker',
  ) => api.as(who).post('/v1/persons/search', body);
  const found = async (body: object): Promise<string[]> =>
    (await search(body).expect(200)).body.items.map((item: { caseId: string }) => item.caseId);

  describe('a search', () => {
    test.each([
      'José Edwin Menjívar de la Cruz',
      'JOSE EDWIN MENJIVAR CRUZ',
      'menjibar jose',
      'Cruz Menjívar, José',
      'Chepe Menjívar',
      'Jose Edwin Menjivra',
      'Edwim Menjívar',
    ])('finds somebody asked for as %s', async (name) => {
      expect((await found({ name }))[0]).toBe(file.id);
    });

    test.each(['738038172', '73803817-2', '7380.3817-2', ' 7380 3817 2 ', '７３８０３８１７２'])(
      'finds a document number written %s',
      async (documentNumber) => {
        expect(await found({ documentNumber })).toEqual([file.id]);
      },
    );

    test('finds a short number, and letters of either case', async () => {
      const short = await aCase().named('Rubén', 'Sintético', 'ab-12').recordedBy(api.as('caseworker'));
      expect(await found({ documentNumber: 'Ab 12' })).toEqual([short.id]);
    });

    test.each(['73803817-3', '7380381', 'x-y'])(
      'finds no other number than the whole one asked for: %s',
      async (number) => {
        expect(await found({ documentNumber: number })).toEqual([]);
      },
    );

    test('finds nobody by another name, and says nothing of how many there are', async () => {
      const { body } = await search({ name: 'Wenceslao Xicoténcatl' }).expect(200);
      expect(body).toEqual({ items: [], next: null });
    });

    test('finds who was recorded or renamed a moment ago', async () => {
      const fresh = await aCase().named('Wenceslao', 'Xicoténcatl').recordedBy(api.as('caseworker'));
      expect(await found({ name: 'Wenceslao' })).toEqual([fresh.id]);
      await api
        .as('caseworker')
        .patch(fresh.path, 1, { person: { identity: { givenNames: 'Apolinar' } } })
        .expect(200);
      api.clock.forward({ seconds: 10 });
      expect(await found({ name: 'Apolinar Xicotencatl' })).toEqual([fresh.id]);
    });

    test('finds nobody that was erased', async () => {
      const gone = await aCase().named('Eustaquio', 'Olvidado').recordedBy(api.as('caseworker'));
      expect(await found({ name: 'Eustaquio Olvidado' })).toEqual([gone.id]);
      await eraseByTwo(api, gone);
      api.clock.forward({ seconds: 10 });
      expect(await found({ name: 'Eustaquio Olvidado' })).toEqual([]);
    });

    test('shows whom the caller reaches, and neither shows nor counts the others', async () => {
      const { body } = await search({ name: 'Menjívar' }, 'lawyer').expect(200);
      expect(body).toEqual({ items: [], next: null });
      const [trail] = await api.database.sql<{ n: number }>(
        `select count(*)::int as n from audit_entry where action = 'identity.found' and case_id = $1 and actor_id = $2`,
        [file.id, idOf('lawyer')],
      );
      expect(trail?.n).toBe(0);
    });

    test('is not for whoever sees no names, and a coordinator states a reason', async () => {
      await search({ name: 'Menjívar' }, 'researcher').expect(403);
      await search({ name: 'Menjívar' }, 'auditor').expect(403);
      await search({ name: 'Menjívar' }, 'coordinator').expect(400);
      const { body } = await api
        .as('coordinator', 'la familia pregunta')
        .post('/v1/persons/search', { name: 'Menjívar' })
        .expect(200);
      expect(body.items).toHaveLength(1);
    });

    test('is audited, for each person that it showed', async () => {
      const entries = (): Promise<{ n: number }[]> =>
        api.database.sql(
          `select count(*)::int as n from audit_entry where action = 'identity.found' and case_id = $1`,
          [file.id],
        );
      const [before] = await entries();
      await search({ name: 'Menjívar' }).expect(200);
      expect((await entries())[0]?.n).toBe((before?.n ?? 0) + 1);
    });

    test('of nothing is refused', async () => {
      await search({}).expect(400);
      await search({ limit: 5 }).expect(400);
    });

    test('crosses neither office nor organisation', async () => {
      for (const who of ['caseworker in the west', 'stranger caseworker'] as const) {
        const { body } = await api.as(who).post('/v1/persons/search', { name: 'José Menjívar' }).expect(200);
        expect([who, body.items]).toEqual([who, []]);
      }
      const { body } = await api.as('colleague').post('/v1/persons/search', { name: 'José Menjívar' }).expect(200);
      expect(body.items).toHaveLength(1);
    });
  });
});
