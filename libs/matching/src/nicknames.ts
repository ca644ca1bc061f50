/**
 * Familiar forms of given names in El Salvador and its neighbours: data, to be corrected by people who know the
 * names. A family that reports an arrest says "Chepe", the court list says "José".
 *
 * By formal name, everything folded (no accents, ñ as n). A familiar form may stand under several names (Beto).
 * Words that describe a person (Chele, Negro, Gordo, Colocha) are no names and are not here.
 */
const FAMILIAR_FORMS: Readonly<Record<string, string>> = {
  adolfo: 'fito',
  adriana: 'adri',
  agustin: 'tino tin',
  alberto: 'beto tito',
  alejandra: 'ale',
  alejandro: 'ale alex',
  alexander: 'alex',
  alicia: 'licha',
  ana: 'anita',
  antonia: 'tona tonita',
  antonio: 'tono tonito',
  beatriz: 'betty beti bea ticha',
  benjamin: 'mincho benja',
  blanca: 'blanqui blanquita',
  candelaria: 'cande',
  carlos: 'carlitos calin',
  carolina: 'caro',
  cecilia: 'ceci cecy chila',
  clemente: 'mencho',
  concepcion: 'concha conchita chon chona cony',
  consuelo: 'chelo cony',
  cristina: 'cris cristi tina',
  daniel: 'dani danny',
  dolores: 'lola loli lolita',
  domingo: 'mingo mencho',
  eduardo: 'guayo lalo edu',
  emilio: 'milo',
  encarnacion: 'chon chona',
  enrique: 'quique kike',
  ernesto: 'neto tito',
  federico: 'fede lico',
  fernando: 'nando fer',
  francisca: 'paca pancha panchita chica',
  francisco: 'chico paco pancho panchito pacho',
  gabriel: 'gabi',
  gabriela: 'gabi',
  gerardo: 'lalo gera',
  gilberto: 'beto',
  graciela: 'chela',
  gregorio: 'goyo',
  guadalupe: 'lupe lupita',
  guillermo: 'memo meme guillo',
  gustavo: 'tavo gus',
  heriberto: 'beto',
  hortensia: 'tencha',
  humberto: 'beto',
  ignacio: 'nacho',
  isabel: 'chabela chabelita isa',
  ismael: 'isma mayo',
  jaime: 'jaimito',
  javier: 'javi',
  jesus: 'chus chusito chuy chucho',
  joaquin: 'quincho',
  jorge: 'jorgito',
  jose: 'chepe chepito pepe pepito chema',
  josefa: 'chepa chepita pepa',
  josefina: 'chepa chepita pepita',
  juan: 'juancho juanito juancito',
  juana: 'juanita',
  julio: 'julito',
  karla: 'karlita kari',
  leopoldo: 'polo',
  leticia: 'leti lety',
  lorenzo: 'lencho',
  luis: 'guicho lucho luisito',
  luisa: 'lucha',
  manuel: 'meme manolo manu manuelito nelo',
  maria: 'mari mary marita maruca',
  mario: 'marito',
  mauricio: 'mauri maury moris',
  mercedes: 'meches meche merceditas',
  miguel: 'migue miguelito',
  napoleon: 'napo',
  nicolas: 'nico',
  octavio: 'tavo',
  oscar: 'oscarito',
  pablo: 'pablito',
  patricia: 'pati paty',
  pedro: 'pedrito',
  rafael: 'rafa rafita',
  ramon: 'moncho monchito',
  ramona: 'moncha',
  raul: 'raulito',
  ricardo: 'richi ricardito',
  rigoberto: 'rigo beto',
  roberto: 'beto rober robertito',
  rodolfo: 'fito',
  rodrigo: 'rodri',
  rolando: 'rolo',
  rosa: 'rosita rosi',
  rosario: 'chayo charo',
  salvador: 'chamba chambita chava',
  samuel: 'samu',
  sandra: 'sandrita',
  santiago: 'santi chago',
  santos: 'santitos',
  sebastian: 'sebas',
  sonia: 'soni',
  susana: 'susi',
  teresa: 'tere teresita',
  tomas: 'tomasito',
  veronica: 'vero',
  vicente: 'chente vicho',
  victor: 'vico victorcito',
  victoria: 'vicki vicky',
  wilfredo: 'will willy wili',
  william: 'will willy wili',
  yesenia: 'yesi',
  yolanda: 'yoli',
};

const FORMAL_NAMES: ReadonlyMap<string, readonly string[]> = (() => {
  const formal = new Map<string, readonly string[]>();
  for (const [name, familiarForms] of Object.entries(FAMILIAR_FORMS)) {
    for (const familiar of familiarForms.split(' ')) formal.set(familiar, [...(formal.get(familiar) ?? []), name]);
  }
  return formal;
})();

const NONE: readonly string[] = [];

/** Every formal name that a folded familiar form commonly stands for; none when it is not a familiar form. */
export function formalNames(token: string): readonly string[] {
  return FORMAL_NAMES.get(token) ?? NONE;
}

/** Whether one folded given name is a familiar form of the other, or both of a third (Chepe and Pepe are José). */
export function isNicknameOf(a: string, b: string): boolean {
  const [formalOfA, formalOfB] = [formalNames(a), formalNames(b)];
  if (formalOfA.length === 0 && formalOfB.length === 0) return false;
  return formalOfA.includes(b) || formalOfB.includes(a) || formalOfA.some((name) => formalOfB.includes(name));
}

/**
 * Every folded name that is taken for the same given name as this one: its familiar forms, the names it is one of, and
 * the other familiar forms of those. `isNicknameOf` is true of each of them, and of nothing else.
 */
export function relatedNames(token: string): readonly string[] {
  const related = new Set<string>();
  for (const name of [token, ...formalNames(token)]) {
    if (name !== token) related.add(name);
    for (const familiar of FAMILIAR_FORMS[name]?.split(' ') ?? NONE) if (familiar !== token) related.add(familiar);
  }
  return [...related];
}
