/** A new installation has no account and no default password: a one-time code from the console makes the first one. */
import { problem } from '#lib/testing';
import { emptyInstallation } from './service-under-test.js';
import { theProgram, type TheProgram } from './the-program.js';

const CODE = /\b([2-9A-Z]{4}-){5}[2-9A-Z]{4}\b/;

/** The code follows the line that says where the program listens. */
async function codeFrom(program: TheProgram): Promise<string> {
  for (;;) {
    const found = CODE.exec(program.console())?.[0];
    if (found) return found;
    await new Promise((next) => setTimeout(next, 20));
  }
}

let api: TheProgram;
let code: string;
beforeAll(async () => {
  api = await theProgram(emptyInstallation());
  code = await codeFrom(api);
});
afterAll(() => api.stop());

const first = (more: object = {}) => ({
  code,
  organisation: 'Casa de los Derechos',
  acronym: 'CDD',
  country: 'SV',
  office: 'Oficina central',
  displayName: 'Adela',
  email: 'adela@example.org',
  password: 'four words make a sentence',
  ...more,
});
const setUp = (body: object) => api.holding(null).post('/v1/setup', body);

it('refuses a wrong code, and says nothing about the right one', async () => {
  await setUp(first({ code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF' })).expect(problem(403, 'setup.refused'));
});

it('refuses a short password, an acronym and an address that are none', async () => {
  await setUp(first({ password: 'short', acronym: 'c', email: 'adela' })).expect(
    problem(400, 'request.invalid', {
      '/password': 'password.malformed',
      '/acronym': 'acronym.malformed',
      '/email': 'email.malformed',
    }),
  );
});

it('makes one administrator, however many ask at once, and signs them in', async () => {
  const answers = await Promise.all([1, 2, 3].map((n) => setUp(first({ email: `adela${n}@example.org` }))));
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 403, 403]);
  const made = answers.find((answer) => answer.status === 201)!;
  expect(made.body.user.roles).toEqual(['administrator']);
  const administrator = api.holding(made.body.accessToken);
  expect((await administrator.get('/v1/me').expect(200)).body).toMatchObject({
    organisation: 'Casa de los Derechos',
    country: 'SV',
  });
  expect((await administrator.get('/v1/users').expect(200)).body.items).toHaveLength(1);
});

it('refuses the code from then on', async () => {
  await setUp(first()).expect(problem(403, 'setup.refused'));
});

it('prints no code once there is an account', async () => {
  const again = await theProgram();
  await again.holding(null).get('/health/ready').expect(200);
  await again.stop();
  expect(again.console()).toContain('Amparo listens at');
  expect(again.console()).not.toMatch(CODE);
});

it('refuses a country of which there is no pack, because nobody could record anything there', async () => {
  const another = await theProgram(emptyInstallation());
  const body = first({ code: await codeFrom(another), country: 'XX' });
  const refused = await another.holding(null).post('/v1/setup', body);
  const [row] = await another.database.sql<{ people: number; organisations: number }>(
    'select (select count(*) from app_user)::int as people, (select count(*) from organisation)::int as organisations',
  );
  const corrected = await another.holding(null).post('/v1/setup', { ...body, country: 'SV' });
  await another.stop();
  problem(422, 'setup.country-unknown', { '/country': 'country.unknown' })(refused);
  expect(row).toEqual({ people: 0, organisations: 0 });
  expect(corrected.status).toBe(201);
});
