/** Whom to tell of a weakness, as RFC 9116 wants it said. */
import { problem } from '#lib/testing';
import { aService } from './service-under-test.js';

it('says whom to tell, until when that is good, and where it is kept', async () => {
  const api = await aService({
    securityContact: 'mailto:seguridad@example.org',
    publicUrl: 'https://amparo.example.org',
    worker: false,
  });
  const now = api.clock.now();
  const response = await api.holding(null).get('/.well-known/security.txt').expect(200);
  await api.stop();
  expect(response.get('content-type')).toBe('text/plain; charset=utf-8');
  const said = Object.fromEntries(
    response.text
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  expect(said).toEqual({
    Contact: 'mailto:seguridad@example.org',
    Expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    'Preferred-Languages': 'es, en',
    Canonical: 'https://amparo.example.org/.well-known/security.txt',
  });
  const days = (Date.parse(said['Expires']!) - now.getTime()) / 86_400_000;
  expect(days).toBeGreaterThan(89);
  expect(days).toBeLessThan(365);
});

it('is not there where nobody said whom to tell', async () => {
  const api = await aService({ worker: false });
  const response = await api.holding(null).get('/.well-known/security.txt');
  await api.stop();
  problem(404, 'route.not-found')(response);
});
