import { foldName } from './names.js';
import { phoneticKey, SOUND_RULES } from './phonetic.js';

const soundOf = (name: string): string => phoneticKey(foldName(name));

describe('the sound of a Spanish name', () => {
  it.each([
    ['b and v', ['Menjívar', 'Menjíbar']],
    ['s, z and c', ['Cortez', 'Cortés', 'Cortéz']],
    ['c before e and i', ['Ascencio', 'Asencio', 'Azensio']],
    ['a mute h', ['Hernández', 'Ernandes']],
    ['ll and y', ['Castillo', 'Castiyo']],
    ['y as a vowel', ['Nelly', 'Neli', 'Nely']],
    ['qu, k and c', ['Quintanilla', 'Kintaniya']],
    ['c and k', ['Karla', 'Carla']],
    ['j and g before e and i', ['Virginia', 'Birjinia']],
    ['Jiménez and its kin', ['Jiménez', 'Giménez', 'Ximénez']],
    ['an English j', ['Yesenia', 'Jessenia', 'Llesenia']],
    ['Gerson, Jerson and Yerson', ['Gerson', 'Jerson', 'Yerson']],
    ['x', ['Xiomara', 'Siomara', 'Ciomara']],
    ['x within', ['Alexis', 'Alecsis', 'Aleksis']],
    ['hue and güe', ['Huezo', 'Wezo']],
    ['gua and wa', ['Guadalupe', 'Wadalupe']],
    ['doubled letters', ['Ana', 'Anna', 'Hanna']],
    ['ph and f', ['Estephanie', 'Estefanie']],
    ['st at the head', ['Stanley', 'Estanley']],
    ['m before b and p', ['Campos', 'Canpos']],
    ['ñ, which capitals lose', ['Núñez', 'NUNEZ', 'Nunes']],
  ])('is the same for %s', (_, spellings) => {
    expect(new Set(spellings.map(soundOf)).size).toBe(1);
  });

  it.each([
    ['Chávez', 'Cavez'],
    ['José', 'Josué'],
    ['Rivas', 'Rivera'],
    ['Mario', 'María'],
    ['Gómez', 'Jómez'],
    ['Cruz', 'Ruiz'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(soundOf(a)).not.toBe(soundOf(b));
  });

  it('is never empty, even for a name of mute letters', () => {
    expect(phoneticKey('h')).toBe('h');
  });

  it('says why of every rule', () => {
    for (const rule of SOUND_RULES) expect(rule.why).not.toBe('');
  });
});
