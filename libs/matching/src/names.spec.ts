import { foldName, nameTokens, personName } from './names.js';
import { formalNames, isNicknameOf } from './nicknames.js';

const texts = (name: string | null): readonly string[] => nameTokens(name).map(({ text }) => text);
const divided = (given: string | null, family: string | null): readonly (readonly string[])[] => {
  const name = personName(given, family);
  return [name.given.map(({ text }) => text), name.family.map(({ text }) => text)];
};

describe('a folded name', () => {
  it.each([
    ['  JOSÉ   Ángel ', 'jose angel'],
    ["O'Brien", 'obrien'],
    ['O´Brien', 'obrien'],
    ['García-Núñez', 'garcia nunez'],
    ['Jose\u0301', 'jose'],
    ['<b>Núñez</b>', 'b nunez b'],
    ['Großmann', 'grossmann'],
    ['GROSSMANN', 'grossmann'],
    ['María 2', 'maria'],
    ['\u0645\u062D\u0645\u062F', '\u0645\u062D\u0645\u062F'],
  ])('of %j is %j', (written, folded) => {
    expect(foldName(written)).toBe(folded);
  });
});

describe('the tokens of a name', () => {
  it.each([
    ['De la Cruz Pérez', ['cruz', 'perez']],
    ['Delacruz Pérez', ['cruz', 'perez']],
    ['de los Ángeles', ['angeles']],
    ['Delgado', ['delgado']],
    ['de la O', ['delao']],
    ['Santa María López', ['santamaria', 'lopez']],
    ['Ortega y Gasset', ['ortega', 'gasset']],
    ['Viuda de Pérez', ['perez']],
    ['Don Santos', ['santos']],
  ])('of %j are %j', (name, tokens) => {
    expect(texts(name)).toEqual(tokens);
  });

  it('mark a husband’s name', () => {
    expect(nameTokens('Pérez de Gómez').map(({ isMarried }) => isMarried)).toEqual([false, true]);
    expect(nameTokens('De León Pérez').map(({ isMarried }) => isMarried)).toEqual([false, false]);
  });

  it('mark an initial', () => {
    expect(nameTokens('José A.').map(({ isInitial }) => isInitial)).toEqual([false, true]);
  });

  it.each([null, '', '   ', '---', 'N/N', 'Desconocido', 'NO SE SABE', 'sin nombre', '123'])(
    'are none for %j',
    (name) => {
      expect(texts(name)).toEqual([]);
    },
  );

  it('are bounded, whatever is written', () => {
    expect(texts('a'.repeat(100_000))[0]?.length).toBeLessThan(200);
    expect(texts('Ana '.repeat(10_000)).length).toBeLessThan(10);
  });
});

describe('a whole name in one field', () => {
  it('is divided where given names end', () => {
    expect(divided('José Antonio Pérez López', null)).toEqual([
      ['jose', 'antonio'],
      ['perez', 'lopez'],
    ]);
    expect(divided('José Pérez', '')).toEqual([['jose'], ['perez']]);
    expect(divided('Wilfrido Arnulfo Quijada Tum', null)).toEqual([
      ['wilfrido', 'arnulfo'],
      ['quijada', 'tum'],
    ]);
    expect(divided(null, 'María Elena Rivas')).toEqual([['maria', 'elena'], ['rivas']]);
  });

  it('stays whole when it is all given names, or two surnames', () => {
    expect(divided('José Antonio', null)).toEqual([['jose', 'antonio'], []]);
    expect(divided(null, 'Pérez López')).toEqual([[], ['perez', 'lopez']]);
  });
});

describe('a nickname', () => {
  it('stands for one or several names', () => {
    expect(formalNames('chepe')).toEqual(['jose']);
    expect(formalNames('beto')).toContain('roberto');
    expect(formalNames('jose')).toEqual([]);
  });

  it('is one of a name, and of another nickname of that name', () => {
    expect(isNicknameOf('chamba', 'salvador')).toBe(true);
    expect(isNicknameOf('francisco', 'paco')).toBe(true);
    expect(isNicknameOf('chepe', 'pepe')).toBe(true);
    expect(isNicknameOf('chepe', 'paco')).toBe(false);
    expect(isNicknameOf('jose', 'juan')).toBe(false);
  });
});
