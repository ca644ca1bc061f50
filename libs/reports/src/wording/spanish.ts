/** Los hallazgos en español (report-forms.md §9 y §10). Lectura de una persona salvadoreña antes de publicar. */
import type { Runs } from '../document.js';
import type { Figure } from '../figures.js';
import { qualifierWords } from '../hedges.js';
import type { Noun } from '../speech.js';
import { capital, prose } from '../speech.js';
import type { Listed, Part, Sentences, Voice } from './sentences.js';
import { isSayable } from './sentences.js';

const feminine = (one: string, many: string): Noun => ({ one, many, gender: 'feminine' });
const masculine = (one: string, many: string): Noun => ({ one, many, gender: 'masculine' });
const PERSONA = feminine('persona', 'personas');
const DETENCION = feminine('detención', 'detenciones');
const MUERTE = feminine('muerte', 'muertes');
const PETICION = feminine('petición de habeas corpus', 'peticiones de habeas corpus');
const LIBERACION = feminine('liberación', 'liberaciones');
const DIA = masculine('día', 'días');
const NINEZ = masculine('niño, niña o adolescente', 'niñas, niños y adolescentes');

export function spanishSentences(voice: Voice): Sentences {
  const { speech, organisation, place, from, to, cutOff } = voice;
  const between = `el ${speech.date(from)} y el ${speech.date(to)}`;
  const recorded = voice.allDocumented ? 'documentó' : 'registró';

  /** `1,380 de las 2,380 detenciones`, `las nueve detenciones`, `la única detención`. */
  const partOf = ({ part, base }: Part, one: string, many: string): Runs => {
    if (base.value === 1) return prose`la única ${one}`;
    if (part.value === base.value) return prose`las ${speech.words(base)} ${many}`;
    return prose`${speech.words(part)} de las ${speech.words(base)} ${many}`;
  };
  const listed = (item: Listed): Runs => prose`«${item.label}» (${speech.digits(item.count)})`;
  const series = (items: readonly Runs[]): Runs =>
    items.flatMap((item, i) => prose`${i === 0 ? '' : i === items.length - 1 ? ' y ' : ', '}${item}`);
  const interval = (lower: Figure, upper: Figure): Runs =>
    lower.value === null || upper.value === null
      ? []
      : prose` (intervalo del 95\u00a0%: ${speech.interval(lower, upper)})`;
  const detained = (people: Figure): Runs =>
    people.value === 0
      ? prose`Entre ${between}, ${organisation} no ${recorded} ${speech.counted(people, DETENCION)} en ${place}`
      : prose`Entre ${between}, ${organisation} ${recorded} la detención de ${speech.hedged(people, PERSONA)} en ${place}`;

  return {
    opening: (people) => prose`${detained(people)}.`,
    openingChildren: (people, children) =>
      children.value && (people.value ?? 0) > 1
        ? prose`${detained(people)}, entre ellas ${speech.counted(children, NINEZ)}.`
        : prose`${detained(people)}.`,
    arrestsOfPeople: (arrests, people) =>
      prose`El registro contiene ${speech.counted(arrests, DETENCION)} de ${speech.counted(people, PERSONA)}; una persona puede ser detenida más de una vez.`,
    documented: (arrests, documented, verified) => {
      if (!arrests.value) return null;
      if (documented.value === 0) {
        return prose`Hasta ahora ${speech.words(documented)} de las detenciones del registro ha sido corroborada por una segunda fuente independiente.`;
      }
      const standard = '(dos fuentes independientes o un documento oficial)';
      const first = prose`En el registro, ${speech.counted(documented, DETENCION)} ${speech.agree(documented, 'está documentada', 'están documentadas')} ${standard}`;
      const link = documented.value === 1 ? ' y' : ', de las cuales';
      return prose`${first}${link} ${speech.words(verified)} ${speech.agree(verified, 'está verificada (firmada', 'están verificadas (firmadas')} por una segunda persona revisora).`;
    },
    peakMonth: (month, peak) =>
      isSayable(peak) && peak.part.value !== peak.base.value
        ? prose`El mes con más detenciones registradas fue ${speech.date(month)}, con ${speech.words(peak.part)} de ${speech.words(peak.base)}${speech.bracketed(peak.share)}.`
        : null,
    rise: (first, firstOn, last, lastOn) =>
      first.value === last.value
        ? null
        : prose`El acumulado pasó de ${speech.digits(first)} el ${speech.date(firstOn)} a ${speech.digits(last)} el ${speech.date(lastOn)}.`,
    emergency: (name, declaredOn, instrument, extensions) => {
      const by = instrument === null ? '' : ` mediante ${instrument}`;
      const times = speech.counted(extensions, feminine('vez', 'veces'));
      const extended = extensions.value === 0 ? 'no se había prorrogado' : prose`se había prorrogado ${times}`;
      return prose`${capital([{ kind: 'text', text: name }])} se decretó el ${speech.date(declaredOn)}${by}; al ${speech.date(cutOff)} ${extended}.`;
    },
    underEmergency: (name, under) => {
      if (!isSayable(under)) return null;
      const part = partOf(under, 'detención en la que consta este dato', 'detenciones en las que consta este dato');
      return prose`${capital([{ kind: 'text', text: name }])} se invocó en ${part}${speech.bracketed(under.share)}.`;
    },

    sex: (known, men, women) =>
      (known.value ?? 0) > 1
        ? prose`De las ${speech.counted(known, PERSONA)} cuyo sexo se conoce, ${speech.words(men.part)} ${speech.agree(men.part, 'es hombre', 'son hombres')}${speech.bracketed(men.share)} y ${speech.words(women.part)} ${speech.agree(women.part, 'es mujer', 'son mujeres')}${speech.bracketed(women.share)}.`
        : null,
    children: (children, boys, girls) =>
      children.value
        ? prose`Entre ellas hay ${speech.counted(children, NINEZ)}: ${speech.digits(boys)} de sexo masculino y ${speech.digits(girls)} de sexo femenino.`
        : prose`Entre ellas no hay ${speech.counted(children, NINEZ)}.`,
    largestAgeGroup: (label, group) =>
      isSayable(group)
        ? prose`El grupo de edad más numeroso es «${label}»: ${partOf(group, 'detención en que se conoce la edad', 'detenciones en que se conoce la edad')}${speech.bracketed(group.share)}.`
        : null,
    areas: ([first, ...others]) => {
      if (first === undefined) return null;
      const place = (item: Listed): Runs => prose`${item.label} (${speech.digits(item.count)})`;
      const next = others.length === 0 ? '' : prose`, seguido de ${series(others.map(place))}`;
      return prose`El mayor número de detenciones ocurrió en ${place(first)}${next}.`;
    },
    vulnerabilities: (items) =>
      items.length === 0
        ? null
        : prose`Se anotaron circunstancias que exigen especial protección: ${series(items.map(listed))}; una persona puede tener más de una.`,

    noWarrant: (none) =>
      isSayable(none)
        ? prose`En ${partOf(none, 'detención cuya base legal se conoce', 'detenciones cuya base legal se conoce')}${speech.bracketed(none.share)}, no se mostró orden y la persona no fue sorprendida en flagrancia.`
        : null,
    onlyEmergency: (name, only) =>
      only.part.value
        ? prose`En ${speech.words(only.part)} más${speech.bracketed(only.share)}, ${name} fue el único fundamento señalado.`
        : null,
    warrantShown: (shown) => {
      if (!isSayable(shown)) return null;
      return shown.part.value === 0
        ? prose`No se mostró orden judicial en ${speech.words(shown.part)}.`
        : prose`Se mostró orden judicial en ${speech.words(shown.part)}${speech.bracketed(shown.share)}.`;
    },
    basis: (first, second) => {
      const then = second === null ? '' : prose`, seguido de ${listed(second)}`;
      return prose`El motivo más registrado fue ${listed(first)}${then}; un caso puede tener más de uno.`;
    },
    forces: (label, alone, joint) => {
      if (!isSayable(alone) || alone.part.value === 0) return null;
      const part = partOf(alone, 'detención en que se conoce', 'detenciones en que se conoce');
      const together = prose`${speech.counted(joint.part, DETENCION)} ${speech.agree(joint.part, 'fue un operativo conjunto', 'fueron operativos conjuntos')}`;
      return prose`La institución más señalada fue ${label}, sola en ${part}${speech.bracketed(alone.share)}; ${together}${joint.part.value ? speech.bracketed(joint.share) : ''}.`;
    },

    median: (median, entered, [lower, upper], unit) => {
      if (!entered.value || median.value === 0 || (median.value === null && entered.value === 1)) return null;
      const one = unit === 'person' ? PERSONA : DETENCION;
      const known = 'cuya fecha se conoce al día';
      if (median.value === null) {
        return prose`En ${speech.counted(entered, one)} ${known}, la espera mediana hasta el juez no puede determinarse, porque demasiadas personas no habían visto a un juez en la última noticia que se tiene de ellas.`;
      }
      const wait = prose`, según la estimación, ${speech.counted(median, DIA)} o más`;
      if (entered.value === 1)
        return prose`En la única detención ${known}, la persona esperó${wait} para ver a un juez.`;
      return unit === 'person'
        ? prose`La mitad de las ${speech.words(entered)} personas ${known.replace('fecha', 'fecha de detención')} esperó${wait} para ver a un juez${interval(lower, upper)}.`
        : prose`En la mitad de las ${speech.words(entered)} detenciones ${known}, la persona esperó${wait} para ver a un juez${interval(lower, upper)}.`;
    },
    overLimit: (counts) => {
      if (!isSayable(counts)) return null;
      const whose = counts.basis === null ? '' : `, ${counts.basis}`;
      const unsettled = speech.words(counts.undetermined);
      const open = counts.undetermined.value
        ? prose`; en ${unsettled} las fechas registradas no permiten determinarlo`
        : '';
      return prose`En ${partOf(counts, 'detención', 'detenciones')}${speech.bracketed(counts.share)} la espera superó ${counts.limit}${whose}${open}.`;
    },
    notYet: (censored) =>
      censored.value
        ? prose`En ${speech.words(censored)} de ellas la persona no había visto a un juez al ${speech.date(cutOff)}, o en la fecha anterior en que fue liberada, murió o se supo por última vez que seguía detenida.`
        : null,
    waitingAfter: ({ day, share, lower, upper }) =>
      share.value === null
        ? null
        : prose`Al terminar el día ${String(day)} desde la detención, se estima que el ${speech.digits(share)}${interval(lower, upper)} aún no había visto a un juez.`,
    leftOut: (excluded) =>
      excluded.value
        ? prose`La estimación deja fuera ${speech.counted(excluded, feminine('detención más', 'detenciones más'))} cuya fecha no se conoce al día.`
        : null,

    deaths: (deaths) =>
      deaths.value === 0
        ? prose`No se ${recorded} ${speech.counted(deaths, MUERTE)} bajo custodia entre ${between}.`
        : prose`${capital(speech.hedged(deaths, PERSONA))} ${speech.agree(deaths, 'murió', 'murieron')} bajo custodia entre ${between}.`,
    unconvicted: (unconvicted, known) => {
      if (!known.value || !unconvicted.value) return null;
      if (known.value === 1) return prose`La única cuya situación jurídica se conoce no tenía condena.`;
      if (unconvicted.value === known.value) {
        return prose`Ninguna de las ${speech.words(known)} cuya situación jurídica se conoce tenía condena.`;
      }
      return prose`De las ${speech.words(known)} cuya situación jurídica se conoce, ${speech.words(unconvicted)} no ${speech.agree(unconvicted, 'tenía', 'tenían')} condena.`;
    },
    beforeJudge: (beforeJudge) =>
      beforeJudge.value
        ? prose`Entre ellas hay ${speech.words(beforeJudge)} que ${speech.agree(beforeJudge, 'murió', 'murieron')} antes de ver a un juez.`
        : null,
    manner: (violent, suspicious, illness, insufficient) => {
      const rest = insufficient.value ? prose`; en ${speech.words(insufficient)} la información fue insuficiente` : '';
      return prose`${organisation} calificó ${speech.counted(violent, MUERTE)} como ${speech.agree(violent, 'violenta o probablemente violenta', 'violentas o probablemente violentas')}, ${speech.words(suspicious)} como ${speech.agree(suspicious, 'sospechosa', 'sospechosas')} y ${speech.words(illness)} como ${speech.agree(illness, 'debida', 'debidas')} a enfermedad${rest}.`;
    },
    mismatch: (differs) =>
      isSayable(differs)
        ? prose`En ${partOf(differs, 'muerte en que se conocen ambas', 'muertes en que se conocen ambas')}${differs.part.value ? speech.bracketed(differs.share) : ''}, la causa oficial no concuerda con las lesiones descritas por familiares u observadas en fotografías.`
        : null,
    rate: (rate, [lower, upper], deaths, personYears) => {
      if (personYears.value === null) return null;
      if (rate.value === null) {
        return prose`El tiempo bajo custodia de las personas del registro (${speech.digits(personYears)} personas-año) es demasiado corto para calcular una tasa.`;
      }
      return prose`La tasa estimada es de ${speech.digits(rate)} muertes por cada ${speech.number(1000)} personas-año bajo custodia${interval(lower, upper)}, a partir de ${speech.counted(deaths, MUERTE)} con fecha conocida al día en ${speech.digits(personYears)} personas-año.`;
    },

    habeas: (filed, admitted, granted) => {
      if (filed.value === 0) return prose`${organisation} no conoce ${speech.counted(filed, PETICION)}.`;
      const admission = prose`${speech.words(admitted)} ${speech.agree(admitted, 'había sido admitida', 'habían sido admitidas')}`;
      const grant = prose`${speech.words(granted)} ${speech.agree(granted, 'concedida', 'concedidas')}`;
      return prose`De ${speech.counted(filed, PETICION)} ${speech.agree(filed, 'conocida', 'conocidas')} por ${organisation}, ${admission} y ${grant} al ${speech.date(cutOff)}.`;
    },
    unanswered: (unanswered) =>
      unanswered.value
        ? prose`No ${speech.agree(unanswered, 'había', 'habían')} recibido respuesta ${speech.words(unanswered)} de ellas.`
        : null,
    releases: (released) =>
      released.value === 0
        ? prose`Al ${speech.date(cutOff)} no se conoce ${speech.counted(released, LIBERACION)}.`
        : prose`Al ${speech.date(cutOff)} se ${speech.agree(released, 'conoce', 'conocen')} ${speech.hedged(released, LIBERACION)}.`,

    official: ({ indicator, count, qualifier, on, owner, checkable }) => {
      const doubt = checkable ? '' : `; ${organisation} no pudo verificarlo de forma independiente`;
      const when = on.length === 10 ? `al ${speech.date(on)}` : `a ${speech.date(on)}`;
      return prose`Las autoridades sitúan en ${qualifierWords(qualifier, 'es')}${speech.digits(count)} el número de ${indicator} ${when} (${owner})${doubt}.`;
    },
    otherLists: (indicator, lowest, highest) =>
      lowest.value === highest.value
        ? prose`Otra organización cuenta ${speech.digits(lowest)} ${indicator}; las listas se superponen y no deben sumarse.`
        : prose`Los recuentos de ${indicator} de otras organizaciones van de ${speech.digits(lowest)} a ${speech.digits(highest)}; las listas se superponen y no deben sumarse.`,
    neverAdded: () =>
      prose`Las cifras oficiales y las de ${organisation} son listas distintas: se superponen y no deben sumarse.`,
  };
}
