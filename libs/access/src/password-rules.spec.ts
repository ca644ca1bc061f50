import { passwordFault, passwordForm } from './password-rules.js';

const COMMON = new Set(['password', 'contraseña'.normalize('NFKD').replace(/\p{M}/gu, ''), 'iloveyou', 'liverpool']);
const OWN = ['Casa de los Derechos', 'CDD', 'amina.lopez@example.org', 'Amina López'];
const judge = (password: string) => passwordFault(password, COMMON, OWN);

describe('a password', () => {
  it.each([
    'four words make a sentence',
    'la abuela cose los domingos',
    'xK9w-mQ2v-Lr7t-Bn4z',
    'пять синих птиц летят',
    '正確馬電池釘書針的長密碼一二三四五',
    'password managers grow in my garden',
  ])('is taken: %s', (password) => {
    expect(judge(password)).toBeNull();
  });

  it.each([
    ['short of fifteen characters', 'correct horse', 'password.too-short'],
    ['longer than 128', 'correct horse battery staple '.repeat(6), 'password.too-long'],
    ['of the list with digits behind', 'password1234567', 'password.common'],
    ['of the list with letters replaced', 'P@ssw0rd!!!!!!!!!!', 'password.common'],
    ['of two words of the list', 'iloveyou-liverpool', 'password.common'],
    ['that repeats a word', 'mariposamariposa', 'password.repeats'],
    ['that repeats one sign', 'aaaaaaaaaaaaaaaa', 'password.repeats'],
    ['that runs along the keyboard', 'qwertyuiopasdfghjkl', 'password.sequence'],
    ['that runs along the digits', '123456789012345', 'password.sequence'],
    ['made of the organisation', 'casadelosderechos2026', 'password.names-you'],
    ['made of one’s own name', 'AminaLopezAmina2026', 'password.names-you'],
  ])('is refused: %s', (_name, password, fault) => {
    expect(judge(password)).toBe(fault);
  });

  it('counts characters, not the bytes or halves they are stored in', () => {
    expect(judge('🌵🌻🌲🌴🍀🌾🌼🌷🌹🥀🌺🌸🪷🌱')).toBe('password.too-short');
    expect(judge('🌵🌻🌲🌴🍀🌾🌼🌷🌹🥀🌺🌸🪷🌱🪻')).toBeNull();
  });

  it('is the same however the keyboard writes it', () => {
    expect(passwordForm('cafe\u0301 con leche tibia')).toBe(passwordForm('café con leche tibia'));
  });
});
