/** Método y límites en español (report-forms.md §7). */
import type { Runs } from '../document.js';
import { capital, prose } from '../speech.js';
import type { MethodWording } from './method.js';
import type { Listed, Voice } from './sentences.js';

export function spanishMethod(voice: Voice): MethodWording {
  const { speech, organisation, place, from, to, cutOff } = voice;
  const series = (items: readonly Listed[]): Runs =>
    items.flatMap(({ label, count }, i) => prose`${i === 0 ? '' : ', '}${label} (${speech.digits(count)})`);

  return {
    titles: {
      universe: 'Universo y corte',
      sources: 'Fuentes',
      proof: 'Estándar de prueba y calificación',
      verification: 'Verificación',
      unit: 'Unidad de conteo y depuración de duplicados',
      consent: 'Consentimiento y nombres',
      requests: 'Solicitudes a las autoridades',
      limits: 'Límites',
      uses: 'Para qué sirven y para qué no sirven las cifras',
      disclosure: 'Control estadístico de divulgación',
      review: 'Quién lo revisó',
    },
    universe: (dataVersion) =>
      prose`Personas privadas de libertad en ${place} cuya detención entre el ${speech.date(from)} y el ${speech.date(to)} consta en el registro de casos de ${organisation}. Corte: final del ${speech.date(cutOff)}, hora local; lo ocurrido o conocido después no se cuenta. Versión de los datos ${dataVersion}.`,
    register: (sources, several) =>
      sources.length === 0
        ? null
        : prose`Detenciones por tipo de ${several ? 'fuente; una detención puede tener varias' : 'la primera fuente'}: ${series(sources)}.`,
    interviews: (interviews) =>
      interviews.length === 0
        ? prose`Para este informe no se indicó el número de entrevistas.`
        : prose`Entrevistas realizadas: ${series(interviews)}.`,
    conditions: (conditions, other) => {
      const parts = [conditions?.es, other?.es].filter((text) => text !== undefined);
      return parts.length === 0 ? null : prose`${parts.join(' ')}`;
    },
    standard: (standard) =>
      standard === null
        ? prose`Cuenta todo registro que no haya sido refutado, sea cual sea su calificación; las calificaciones se muestran para que quien lee pueda juzgar.`
        : prose`${standard.es}`,
    grades: (levels) => (levels.length === 0 ? null : prose`Detenciones por calificación: ${series(levels)}.`),
    verificationRule: () =>
      prose`Un registro está documentado cuando coinciden dos fuentes independientes o se ha visto un documento oficial o forense, y verificado cuando lo ha firmado una segunda persona revisora, nunca quien lo elaboró.`,
    verified: ({ part, base, share }) =>
      base.value
        ? prose`Verificadas hasta ahora: ${speech.words(part)} de ${speech.words(base)} detenciones${part.value ? speech.bracketed(share) : ''}.`
        : null,
    units: () =>
      prose`Personas, detenciones, muertes, peticiones y liberaciones son unidades distintas; cada cuadro indica la suya, y las unidades distintas nunca se suman.`,
    deduplication: () =>
      prose`Los expedientes que describen a la misma persona se unen después de que alguien los compara, y cada persona se cuenta una vez.`,
    withoutConsent: (without, arrests) =>
      !arrests.value
        ? null
        : without.value === 0
          ? prose`Consta el consentimiento para estadísticas anónimas en las ${speech.words(arrests)} detenciones.`
          : prose`De ${speech.words(arrests)} detenciones, ${speech.words(without)} ${speech.agree(without, 'carece', 'carecen')} de consentimiento para estadísticas anónimas; se cuentan aquí, en un documento interno, y deben excluirse de todo lo que se publique.`,
    names: () =>
      prose`No se imprime ningún nombre, número de documento ni relato de un caso; los códigos y lugares no son más finos que los de los cuadros.`,
    requests: (requests) =>
      requests.length === 0
        ? [prose`No consta ninguna solicitud a una autoridad para este informe.`]
        : requests.map(({ body, sentOn, answeredOn }) =>
            answeredOn === null
              ? prose`${organisation} escribió a ${body.es} el ${speech.date(sentOn)}; al ${speech.date(cutOff)} no había recibido respuesta.`
              : prose`${organisation} escribió a ${body.es} el ${speech.date(sentOn)} y recibió respuesta el ${speech.date(answeredOn)}.`,
          ),
    limits: (particular) => [
      prose`Los casos llegan a ${organisation} por personas que la conocen, confían en ella y se atreven a hablar; por eso faltan muchas detenciones (subregistro) y las que se conocen no son un reflejo de todas (selección). El miedo, los expedientes reservados y las audiencias secretas ocultan hechos. Las definiciones y la práctica cambiaron durante el periodo, y algunas fechas faltan o solo se conocen por mes.`,
      ...particular.map((limit) => prose`${limit.es}`),
    ],
    leftOut: (excluded) =>
      excluded.value
        ? prose`Las fechas imprecisas dejan ${speech.counted(excluded, { one: 'detención', many: 'detenciones', gender: 'feminine' })} fuera del tiempo hasta el primer juez.`
        : null,
    uses: () => [
      prose`Estas cifras describen los casos que llegaron a ${organisation} entre el ${speech.date(from)} y el ${speech.date(to)}. No son una muestra de todas las detenciones ni miden la frecuencia de cada violación. Deben leerse como cifras mínimas.`,
      prose`Sirven para mostrar que algo ocurrió, a quién y cuántas veces dentro del registro; no para estimar proporciones nacionales ni para comparar periodos o lugares en los que se documentó de forma distinta. No deben sumarse a las listas de otros.`,
    ],
    noControl: () =>
      prose`Ninguno: las cifras son exactas (sin tamaño mínimo de celda, sin redondeo, sin supresión complementaria). Las celdas pequeñas pueden señalar a una persona; el documento no debe salir de la organización. Las cifras para publicar provienen de una edición protegida.`,
    checkedBy: (names) =>
      names.length === 0
        ? prose`No consta que alguien haya revisado este informe. Las comprobaciones aritméticas las hizo el programa.`
        : prose`${capital([{ kind: 'text', text: names.join('; ') }])}. Las comprobaciones aritméticas las hizo el programa.`,
  };
}
