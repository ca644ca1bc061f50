/** Passwords: which are taken, what is kept of them, and what a change of one ends. */
import { hash } from '@node-rs/argon2';
import { randomUUID } from 'node:crypto';
import { emailOf, idOf, PASSWORD, problem } from '#lib/testing';
import { PasswordsService, costForThisMachine } from '../../src/access/passwords.service.js';
import { aService, type ServiceUnderTest } from './service-under-test.js';
import { agentOf, trySignIn } from './signing-in.js';

let api: ServiceUnderTest;
beforeAll(async () => {
  api = await aService();
});
afterAll(() => api.stop());

const recordOf = async (who: Parameters<typeof idOf>[0]): Promise<string> =>
  (
    await api.database.sql<{ password_hash: string }>('select password_hash from app_user where id = $1', [idOf(who)])
  )[0]!.password_hash;
const putRecord = (who: Parameters<typeof idOf>[0], record: string) =>
  api.database.sql('update app_user set password_hash = $2 where id = $1', [idOf(who), record]);

describe('a password that somebody chooses', () => {
  const create = (password: string) =>
    api.as('administrator').post('/v1/users', {
      email: `maria.${randomUUID().slice(0, 8)}@example.org`,
      displayName: 'María Estrella Quintanilla',
      password,
      roles: ['caseworker'],
    });

  it.each([
    ['password.malformed', 400, 'fourteen chars'],
    ['password.malformed', 400, 'x'.repeat(129)],
    ['password.common', 422, 'password123456789'],
    ['password.common', 422, 'Contraseña 2026 2026'],
    ['password.repeats', 422, 'perroperroperroperro'],
    ['password.sequence', 422, 'qwertyuiop1234567890'],
    ['password.names-you', 422, 'MariaQuintanilla2026'],
  ])('is refused as %s', async (code, status, password) => {
    const response = await create(password);
    problem(status, status === 400 ? 'request.invalid' : 'password.weak', { '/password': code })(response);
    expect(response.text).not.toContain(password);
  });

  it('is taken when it is long and nobody’s, in any script', async () => {
    for (const password of ['cuatro palabras hacen frase', 'пять синих птиц летят', '🌵🌻🌲🌴🍀🌾🌼🌷🌹🥀🌺🌸🪷🌱🪻'])
      await create(password).expect(201);
  });
});

describe('what is kept of a password', () => {
  it('is sealed, so that a stolen table has nothing to guess at', async () => {
    const rows = await api.database.sql<{ password_hash: string }>('select password_hash from app_user');
    for (const { password_hash: record } of rows) expect(record).toMatch(/^s1\.[A-Za-z0-9_-]{150,}$/);
  });

  it('is as long for everybody, with or without a password under duress', async () => {
    const rows = await api.database.sql<{ length: number }>(
      'select distinct length(password_hash) as length from app_user',
    );
    expect(rows).toHaveLength(1);
  });

  it('does not open another account when somebody copies it there', async () => {
    const [mine, theirs] = [await recordOf('researcher'), await recordOf('auditor')];
    await putRecord('auditor', mine);
    await trySignIn(api, 'auditor').expect(problem(401, 'sign-in.refused'));
    await putRecord('auditor', theirs);
    await trySignIn(api, 'auditor').expect(201);
  });

  it('opens nothing when somebody with a database puts a hash of their own there', async () => {
    const before = await recordOf('auditor');
    await putRecord('auditor', await hash('a sentence of the intruder'));
    await trySignIn(api, 'auditor', 'a sentence of the intruder').expect(problem(401, 'sign-in.refused'));
    // Not even after a restart, when records of earlier versions would be sealed.
    await api.app.get(PasswordsService).onApplicationBootstrap();
    await trySignIn(api, 'auditor', 'a sentence of the intruder').expect(problem(401, 'sign-in.refused'));
    await putRecord('auditor', before);
  });

  it('is made stronger when its owner signs in and it was weaker than this machine bears', async () => {
    const before = await recordOf('second lawyer');
    await trySignIn(api, 'second lawyer').expect(201);
    const after = await recordOf('second lawyer');
    expect(after).not.toBe(before);
    await trySignIn(api, 'second lawyer').expect(201);
    expect(await recordOf('second lawyer')).toBe(after);
  });
});

describe('checking an address that has no account', () => {
  it('costs what the record of an account costs, whatever this process would choose today', async () => {
    const passwords = api.app.get(PasswordsService);
    const cheap = { userId: idOf('researcher'), passwordHash: await recordOf('researcher') };
    const cpu = async (somebodyElse: typeof cheap | null): Promise<number> => {
      const before = process.cpuUsage();
      await passwords.verify(null, 'not the right sentence', somebodyElse);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    // The cast is hashed at a thousandth of the memory; processor time tells them apart on a busy machine, too.
    const [like, unlike] = [await cpu(cheap), await cpu(null)];
    expect(like).toBeLessThan(unlike / 2);
    expect(await passwords.verify(null, PASSWORD, cheap)).toEqual({ fits: null, better: null });
  });
});

describe('the cost of a hash', () => {
  const GIB = 2 ** 30;
  it('is the strongest that the machine bears in time and memory, within bounds', async () => {
    const quick = () => Promise.resolve(50);
    const slow = () => Promise.resolve(5_000);
    expect(await costForThisMachine(8 * GIB, quick)).toEqual({ memory: 65_536, passes: 3 });
    expect(await costForThisMachine(8 * GIB, slow)).toEqual({ memory: 19_456, passes: 2 });
    expect(await costForThisMachine(GIB / 2, quick)).toEqual({ memory: 32_768, passes: 3 });
    expect(await costForThisMachine(GIB / 16, quick)).toEqual({ memory: 19_456, passes: 2 });
  });
});

describe('changing one’s password', () => {
  it('needs the present one, ends the other sessions and keeps this one', async () => {
    const here = agentOf(api, await trySignIn(api, 'caseworker').expect(201));
    const there = agentOf(api, await trySignIn(api, 'caseworker').expect(201));
    const next = 'otra frase que nadie adivina';
    await here
      .put('/v1/me/password', { present: 'not the right sentence', next })
      .expect(problem(422, 'password.wrong'));
    await here
      .put('/v1/me/password', { present: PASSWORD, next: 'AminaAminaAmina' })
      .expect(problem(422, 'password.weak'));
    await there.get('/v1/me').expect(200);
    await here.put('/v1/me/password', { present: PASSWORD, next }).expect(204);
    await there.get('/v1/me').expect(problem(401, 'access.sign-in-needed'));
    await here.get('/v1/me').expect(200);
    await trySignIn(api, 'caseworker').expect(problem(401, 'sign-in.refused'));
    await api
      .holding(null)
      .post('/v1/sessions', { email: emailOf('caseworker'), password: next })
      .expect(201);
  });
});
