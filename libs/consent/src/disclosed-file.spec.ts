import { disclosedFile, purposeOf, type FileToDisclose } from './index.js';

const FILE: FileToDisclose = {
  number: 'CDD-7K3M-Q2XF',
  country: 'SV',
  person: {
    code: 'P-1',
    sex: 'M',
    born: '1990-05-02',
    ageAtArrest: 31,
    occupation: 'TRADE',
    vulnerabilities: ['ILLNESS'],
    identity: { givenNames: 'Nombre', familyNames: 'De Prueba', address: 'Calle Falsa 1', phone: '+503 0000 0000' },
  },
  narrative: 'Relato',
  verification: 'ALLEGED',
  events: [
    {
      kind: 'arrest',
      at: '2022-04-03T14:30',
      until: null,
      used: true,
      details: { area: 'SV-SS-SOYAPANGO', legalGround: 'NONE', bases: ['ANON_TIP'], forceUnit: 'Unidad de Fulano' },
    },
    {
      kind: 'charge',
      at: '2022-04',
      until: null,
      used: true,
      details: { charge: 'ORG_TERRORISTA', gangAlleged: 'MS13' },
    },
    { kind: 'hearing', at: '2022-04-10', until: null, used: false, details: { court: 'Otro relato' } },
    { kind: 'note', at: null, until: null, used: true, details: { text: 'Nota interna' } },
    { kind: 'amendment', at: null, until: null, used: true, details: { before: 'Antes' } },
  ],
};
const to = (purpose: string, identity: boolean) => disclosedFile(FILE, purposeOf(purpose)!, identity);

describe('a file that leaves', () => {
  it('with names has names and testimony, and neither address nor telephone', () => {
    const file = to('UN', true);
    expect(file).toMatchObject({ identity: { givenNames: 'Nombre', familyNames: 'De Prueba' }, narrative: 'Relato' });
    expect(JSON.stringify(file)).not.toMatch(/Calle|\+503/);
  });

  it('without names has no text that a person wrote, no date of birth, and what happened exactly', () => {
    const file = to('UN', false);
    expect(JSON.stringify(file)).not.toMatch(/Nombre|Prueba|Relato|Fulano|1990/);
    expect(file).toMatchObject({ number: FILE.number, person: { ageAtArrest: 31 } });
    expect(file.events[0]).toEqual({
      kind: 'arrest',
      at: '2022-04-03T14:30',
      until: null,
      details: { area: 'SV-SS-SOYAPANGO', legalGround: 'NONE', bases: ['ANON_TIP'] },
    });
  });

  it('as a story leads back to nobody: no number, years, the department', () => {
    const file = to('ANON_STORY', false);
    expect(file.number).toBeUndefined();
    expect(file.person).toEqual({ sex: 'M', occupation: 'TRADE' });
    expect(file.events[0]).toMatchObject({ at: '2022', details: { area: 'SV-SS' } });
  });

  it('has no note, no correction, no other account and no allegation of an authority', () => {
    for (const identity of [true, false]) {
      const text = JSON.stringify(to('UN', identity));
      expect(text).not.toMatch(/Nota interna|Antes|Otro relato|MS13|P-1/);
    }
  });
});
