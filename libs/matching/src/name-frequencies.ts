/**
 * How many people bear a name, in three steps: agreement on Hernández says little, agreement on Quijada much (the
 * adjustment for term frequency in `undercount.md` §5).
 *
 * Only the step of a name is claimed, not its place within the step. Two registers give the size of the first step
 * for surnames: Honduras (Registro Nacional de las Personas, 2023) counts Hernández 4.0 %, López 3.7 %, Martínez
 * 3.4 % of ten million; Mexico (INE, 2016) counts Hernández as first surname of 4.1 % of its voters. No such table
 * for El Salvador is public; the lists below follow the names that its press, courts and schools print most, and are
 * meant to be replaced when a register becomes available.
 */

/** Shares of the population that bears one given (or family) name of a step, in a given place of the name. */
const FREQUENT_SHARE = { given: 1 / 14, family: 1 / 28 } as const;
const COMMON_SHARE = { given: 1 / 70, family: 1 / 110 } as const;
const RARE_SHARE = { given: 1 / 700, family: 1 / 900 } as const;

export type NameRole = 'given' | 'family';

const listed = (names: string): readonly string[] => names.trim().split(/\s+/);

const FREQUENT: Readonly<Record<NameRole, readonly string[]>> = {
  given: listed('jose juan carlos luis maria ana'),
  family: listed('hernandez martinez lopez garcia rodriguez rivera ramirez perez'),
};

const COMMON: Readonly<Record<NameRole, readonly string[]>> = {
  given: listed(`
    adan alberto alejandro alex alexander alexis alfredo alicia alma alonso amanda amilcar andrea andres angel angela
    antonia antonio aracely armando arturo beatriz benjamin berta blanca brenda bryan candelaria carla carmen carolina
    catalina cecilia cesar claudia concepcion consuelo cristian cristina cristobal cruz daniel daniela david delmy
    diana diego dinora dolores domingo douglas edgar edgardo edith eduardo edwin elena elias elizabeth elmer elsa
    emilio enrique erick erika ernesto esmeralda esperanza esteban eva evelyn fatima felicita felipe felix fernando
    fidel flor francisca francisco gabriel gabriela gerardo german gilberto giovanni gladis glenda gloria gregorio
    guadalupe guillermo gustavo hector heriberto herbert hilda hugo humberto ignacio ines ingrid iris irma isaac
    isabel isaias ismael israel ivan jacqueline jaime javier jeremias jesus joaquin joel jonathan jorge josefina josue
    juana juanita julia julio karen karina karla kevin kenia laura leonardo leonel leticia lidia lilian lorena lorenzo
    lucia luisa luz manuel marcela marcos margarita maribel mario marina maritza marlene marlon marta martin marvin
    mateo mauricio mayra melvin mercedes miguel milagro mirna moises monica morena nancy napoleon natalia nelson
    nestor nicolas noe noemi norma odalis olga omar orlando oscar pablo patricia paz pedro rafael ramon raquel raul
    rebeca reina rene reyna ricardo rigoberto roberto rodolfo rodrigo rolando romeo ronald roque rosa rosario roxana
    ruben rudy ruth salvador samuel sandra santiago santos sara saul sebastian sergio silvia sofia sonia susana teresa
    tomas ulises vanessa veronica vicente victor victoria vilma violeta virginia walter wendy wilber wilfredo william
    xiomara yanira yesenia yolanda zoila
  `),
  family: listed(`
    abarca abrego acevedo acosta aguilar aguirre alas alegria alfaro alvarado alvarenga alvarez amaya andrade angel
    aparicio aquino aragon araujo arevalo argueta arias ascencio avalos avelar avila ayala barahona barrera barrientos
    batres benavides benitez beltran blanco bolanos bonilla bran caceres calderon calles campos canales canas canjura
    carballo cardona carranza carrillo castaneda castellanos castillo castro cerna cerritos chacon chavez chicas cisneros
    claros coreas cordova cornejo corpeno cortez crespin cruz cuellar deras diaz dominguez duran echeverria elias
    escalante escamilla escobar espinoza estrada fernandez figueroa flamenco flores franco fuentes funes galan galdamez
    galvez gamez giron gomez gonzalez granados grande guardado guerra guerrero guevara guillen gutierrez guzman
    henriquez hercules herrera hidalgo huezo iglesias jacobo jimenez jovel juarez landaverde lara lazo lemus leon
    linares lizama lovo luna machado machuca majano maldonado mancia marin marquez marroquin mata mayorga medina mejia
    melara melendez melgar membreno mena mendez mendoza menjivar merino meza mira miranda molina monge monroy montano
    monterrosa montes montoya morales moran moreno munguia munoz najarro navarrete navarro nolasco nunez ochoa olmedo
    orantes ordonez orellana ortega ortiz osorio pacheco padilla paiz palacios palma paredes parada paz pena peraza
    perdomo pineda platero polanco ponce portillo preza quijano quintanilla quinteros ramos recinos renderos reyes
    reynosa rios rivas robles rodas rojas roldan romero rosa rosales rubio ruiz salamanca salazar salguero
    salinas salmeron sanchez sandoval santamaria santos saravia segovia segura serpas serrano sibrian sigaran solano
    solis soriano sorto sosa soto suarez tejada tobar torres trejo trujillo turcios umana urbina urrutia valencia
    valladares valle vanegas vargas vasquez vega velasco velasquez velis ventura vides vigil villalobos villalta
    villatoro villeda zamora zavala zelaya zepeda zometa zuniga
  `),
};

/** How usual a name is, in either place of a full name. */
export interface NameFrequency {
  readonly given: number;
  readonly family: number;
  readonly isWellKnownGiven: boolean;
  readonly isWellKnownFamily: boolean;
}

const RARE: NameFrequency = {
  given: RARE_SHARE.given,
  family: RARE_SHARE.family,
  isWellKnownGiven: false,
  isWellKnownFamily: false,
};

/** Every name that many people bear, folded. */
export const WELL_KNOWN_NAMES: ReadonlyMap<string, NameFrequency> = (() => {
  const names = new Map<string, NameFrequency>();
  const known = (name: string): NameFrequency => names.get(name) ?? RARE;
  for (const [lists, shares] of [
    [COMMON, COMMON_SHARE],
    [FREQUENT, FREQUENT_SHARE],
  ] as const) {
    for (const name of lists.given) names.set(name, { ...known(name), given: shares.given, isWellKnownGiven: true });
    for (const name of lists.family)
      names.set(name, { ...known(name), family: shares.family, isWellKnownFamily: true });
  }
  return names;
})();

/** How usual a folded name is; a name without a line is rare. */
export function frequencyOf(name: string): NameFrequency {
  return WELL_KNOWN_NAMES.get(name) ?? RARE;
}
