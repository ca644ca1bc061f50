/** Acts of every kind, right and wrong ones, full of names that must turn up nowhere but in the record itself. */
import { aCase, idOf, type Agent, type RecordedCase, type Who } from '#lib/testing';

/** In every name, place, text and reason below, and in nothing else. */
export const MARK = 'Quetzalcoatlán';

/** Whatever ends with this is a name in disguise: another spelling of the mark. */
export const MARKS = new RegExp(`${MARK}|${encodeURIComponent(MARK)}|Quetzalcoatl`, 'i');

export async function actsWithNames(as: (who: Who, reason?: string) => Agent): Promise<RecordedCase> {
  const [caseworker, coordinator, lawyer] = [as('caseworker'), as('coordinator'), as('lawyer')];
  const file = await aCase()
    .known()
    .of({
      identity: {
        givenNames: `Ana ${MARK}`,
        familyNames: MARK,
        aliases: MARK,
        documentType: MARK,
        documentNumber: MARK,
        address: MARK,
        phone: MARK,
      },
    })
    .arrestedOn('2022-05-03', { forceUnit: MARK })
    .toldBy({ name: MARK, phone: MARK, address: MARK })
    .saying(`Se llevaron a ${MARK}.`)
    .and('custody-spells', { at: '2022-05-04', place: 'SV-IZALCO', section: MARK })
    .and('hearings', { at: '2022-05-10', stage: 'MEASURES_HEARING', court: MARK })
    .and('remedies', { at: '2022-05-11', remedy: 'HABEAS_CORPUS', court: MARK })
    .and('notes', { text: `Llamar a ${MARK}` })
    .recordedBy(caseworker);
  const twin = await aCase().named(`Ana ${MARK}`, MARK, MARK).arrestedOn('2022-05-03').recordedBy(caseworker);
  const { body: assigned } = await coordinator.post(`${file.path}/assignments`, { userId: idOf('lawyer') }).expect(201);
  await caseworker
    .patch(file.path, assigned.version, {
      narrative: `Otra vez ${MARK}`,
      person: { identity: { familyNames: `${MARK} y ${MARK}` } },
    })
    .expect(200);
  await lawyer.post(`${file.path}/privileged-notes`, { text: MARK }).expect(201);
  await coordinator.post(`${file.path}/verifications`, { level: 'PLAUSIBLE', reason: MARK }).expect(201);
  await coordinator.post(`${file.path}/account-choices`, { eventId: file.events[1]!.id, reason: MARK }).expect(201);
  const { body: merge } = await coordinator
    .post('/v1/merges', { keep: file.id, absorb: twin.id, reason: MARK })
    .expect(201);
  await coordinator.delete(`/v1/merges/${merge.id}`).expect(204);
  await caseworker.get(file.path).expect(200);
  await caseworker.get(`${file.path}/timeline`).expect(200);
  await as('administrator')
    .post('/v1/users', {
      email: `${MARK.toLowerCase().replace('á', 'a')}@example.org`,
      displayName: MARK,
      password: `${MARK} is a password`,
      roles: ['lawyer'],
    })
    .expect(201);
  await wrongOnes(caseworker, file);
  return file;
}

/** Requests that are refused, with names wherever somebody may put them by mistake. */
async function wrongOnes(caseworker: Agent, file: RecordedCase): Promise<void> {
  const refused = async (sent: PromiseLike<{ status: number }>): Promise<void> => {
    const { status } = await sent;
    if (status < 400 || status >= 500) throw new Error(`expected a refusal, and it was ${status}`);
  };
  await refused(caseworker.post('/v1/cases', { [MARK]: MARK, person: MARK, narrative: `${MARK}\u202E` }));
  await refused(caseworker.post('/v1/cases', aCase().of({ sex: MARK }).arrestedOn(MARK).body));
  await refused(caseworker.post('/v1/cases').set('content-type', 'application/json').send(`{"narrative": "${MARK}`));
  await refused(caseworker.get(`/v1/cases?name=${encodeURIComponent(MARK)}&externalId=${encodeURIComponent(MARK)}`));
  await refused(caseworker.get(`/v1/cases/${encodeURIComponent(MARK)}`));
  await refused(caseworker.get(`/${encodeURIComponent(MARK)}`));
  await refused(caseworker.patch(file.path, 1, { person: { identity: { givenNames: `=${MARK}` } } }));
  await refused(caseworker.post('/v1/sessions', { email: `${MARK}@example.org`, password: `${MARK} is my password` }));
  await refused(caseworker.get('/v1/me').set('authorization', `Bearer ${encodeURIComponent(MARK)}`));
}
