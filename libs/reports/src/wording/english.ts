/** The findings in English (report-forms.md §9 and §10). */
import type { Run, Runs } from '../document.js';
import type { Figure } from '../figures.js';
import { qualifierWords } from '../hedges.js';
import type { Noun } from '../speech.js';
import { capital, plainText, prose } from '../speech.js';
import type { Listed, Part, Sentences, Voice } from './sentences.js';
import { isSayable } from './sentences.js';

const noun = (one: string, many: string): Noun => ({ one, many, gender: 'feminine' });
const PERSON = noun('person', 'people');
const ARREST = noun('arrest', 'arrests');
const CHILD = noun('child', 'children');
const BOY = noun('boy', 'boys');
const GIRL = noun('girl', 'girls');
const DEATH = noun('death', 'deaths');
const DETENTION = noun('detention', 'detentions');
const PETITION = noun('habeas corpus petition', 'habeas corpus petitions');
const RELEASE = noun('release', 'releases');

export function englishSentences(voice: Voice): Sentences {
  const { speech, organisation, place, from, to, cutOff } = voice;
  const between = `${speech.date(from)} and ${speech.date(to)}`;
  const recorded = voice.allDocumented ? 'documented' : 'recorded';

  /** `1,380 of the 2,380 arrests`, `all nine arrests`, `the only arrest`. */
  const partOf = ({ part, base }: Part, one: string, many: string): Runs => {
    if (base.value === 1) return prose`the only ${one}`;
    if (part.value === base.value) {
      const whole: Run = {
        kind: 'figure',
        figure: base.id,
        text: base.value === 2 ? 'both' : `all ${plainText([speech.words(base)])}`,
      };
      return prose`${whole} ${many}`;
    }
    return prose`${speech.words(part)} of the ${speech.words(base)} ${many}`;
  };
  const listed = (item: Listed): Runs => prose`“${item.label}” (${speech.digits(item.count)})`;
  const series = (items: readonly Runs[]): Runs =>
    items.flatMap((item, i) => prose`${i === 0 ? '' : i === items.length - 1 ? ' and ' : ', '}${item}`);
  const interval = (lower: Figure, upper: Figure): Runs =>
    lower.value === null || upper.value === null ? [] : prose` (95% interval ${speech.interval(lower, upper)})`;
  const detained = (people: Figure): Runs =>
    people.value === 0
      ? prose`Between ${between}, ${organisation} ${recorded} ${speech.counted(people, DETENTION)} in ${place}`
      : prose`Between ${between}, ${organisation} ${recorded} the detention of ${speech.hedged(people, PERSON)} in ${place}`;

  return {
    opening: (people) => prose`${detained(people)}.`,
    openingChildren: (people, children) =>
      children.value && (people.value ?? 0) > 1
        ? prose`${detained(people)}, among them ${speech.counted(children, CHILD)}.`
        : prose`${detained(people)}.`,
    arrestsOfPeople: (arrests, people) =>
      prose`The register holds ${speech.counted(arrests, ARREST)} of ${speech.counted(people, PERSON)}; a person may be arrested more than once.`,
    documented: (arrests, documented, verified) => {
      if (!arrests.value) return null;
      if (documented.value === 0) {
        return prose`So far ${speech.words(documented)} of the arrests in the register has been corroborated by a second independent source.`;
      }
      const standard = '(two independent sources, or an official paper)';
      const first = prose`In the register, ${speech.counted(documented, ARREST)} ${speech.agree(documented, 'is', 'are')} documented ${standard}`;
      const link = documented.value === 1 ? ' and' : ', of which';
      return prose`${first}${link} ${speech.words(verified)} ${verified.value === 0 ? 'is' : speech.agree(verified, 'is', 'are')} verified (signed by a second reviewer).`;
    },
    peakMonth: (month, peak) =>
      isSayable(peak) && peak.part.value !== peak.base.value
        ? prose`The month with the most arrests ${recorded} was ${speech.date(month)}, with ${speech.words(peak.part)} of ${speech.words(peak.base)}${speech.bracketed(peak.share)}.`
        : null,
    rise: (first, firstOn, last, lastOn) =>
      first.value === last.value
        ? null
        : prose`The running total rose from ${speech.digits(first)} on ${speech.date(firstOn)} to ${speech.digits(last)} on ${speech.date(lastOn)}.`,
    emergency: (name, declaredOn, instrument, extensions) => {
      const by = instrument === null ? '' : ` by ${instrument}`;
      const times = speech.counted(extensions, noun('time', 'times'));
      const extended = extensions.value === 0 ? 'it had not been extended' : prose`it had been extended ${times}`;
      return prose`${capital([{ kind: 'text', text: name }])} was declared on ${speech.date(declaredOn)}${by}; ${extended} by ${speech.date(cutOff)}.`;
    },
    underEmergency: (name, under) => {
      if (!isSayable(under)) return null;
      const part = partOf(under, 'arrest for which this is known', 'arrests for which this is known');
      return prose`${capital([{ kind: 'text', text: name }])} was invoked in ${part}${speech.bracketed(under.share)}.`;
    },

    sex: (known, men, women) =>
      (known.value ?? 0) > 1
        ? prose`Of the ${speech.counted(known, PERSON)} whose sex is known, ${speech.words(men.part)} ${speech.agree(men.part, 'is', 'are')} male${speech.bracketed(men.share)} and ${speech.words(women.part)} ${speech.agree(women.part, 'is', 'are')} female${speech.bracketed(women.share)}.`
        : null,
    children: (children, boys, girls) =>
      children.value
        ? prose`They include ${speech.counted(children, CHILD)} under 18: ${speech.counted(boys, BOY)} and ${speech.counted(girls, GIRL)}.`
        : prose`They include ${speech.counted(children, CHILD)} under 18.`,
    largestAgeGroup: (label, group) =>
      isSayable(group)
        ? prose`The largest age group is “${label}”: ${partOf(group, 'arrest in which the age is known', 'arrests in which the age is known')}${speech.bracketed(group.share)}.`
        : null,
    areas: ([first, ...others]) => {
      if (first === undefined) return null;
      const place = (item: Listed): Runs => prose`${item.label} (${speech.digits(item.count)})`;
      const next = others.length === 0 ? '' : prose`, followed by ${series(others.map(place))}`;
      return prose`The largest number of arrests took place in ${place(first)}${next}.`;
    },
    vulnerabilities: (items) =>
      items.length === 0
        ? null
        : prose`Circumstances that call for special protection were noted: ${series(items.map(listed))}; a person may have more than one.`,

    noWarrant: (none) =>
      isSayable(none)
        ? prose`In ${partOf(none, 'arrest whose legal ground is known', 'arrests whose legal ground is known')}${speech.bracketed(none.share)}, no warrant was shown and the person was not caught in the act.`
        : null,
    onlyEmergency: (name, only) =>
      only.part.value
        ? prose`In ${speech.words(only.part)} more${speech.bracketed(only.share)}, ${name} was the only ground given.`
        : null,
    warrantShown: (shown) =>
      isSayable(shown)
        ? prose`A judicial warrant was shown in ${speech.words(shown.part)}${shown.part.value ? speech.bracketed(shown.share) : ''}.`
        : null,
    basis: (first, second) => {
      const then = second === null ? '' : prose`, followed by ${listed(second)}`;
      return prose`The basis most often recorded was ${listed(first)}${then}; a case may have more than one.`;
    },
    forces: (label, alone, joint) => {
      if (!isSayable(alone) || alone.part.value === 0) return null;
      const part = partOf(alone, 'arrest with a known force', 'arrests with a known force');
      const together = prose`${speech.counted(joint.part, ARREST)} ${speech.agree(joint.part, 'was a joint operation', 'were joint operations')}`;
      return prose`The force most often recorded was ${label}, alone in ${part}${speech.bracketed(alone.share)}; ${together}${joint.part.value ? speech.bracketed(joint.share) : ''}.`;
    },

    median: (median, entered, [lower, upper], unit) => {
      if (!entered.value || median.value === 0 || (median.value === null && entered.value === 1)) return null;
      const one = unit === 'person' ? PERSON : ARREST;
      const known = 'whose date is known to the day';
      if (median.value === null) {
        return prose`Among ${speech.counted(entered, one)} ${known}, the median wait for a judge cannot be determined, because too many had not seen a judge when last known.`;
      }
      const days = median.value === 1 ? 'day' : 'days';
      const wait = prose`an estimated ${speech.words(median)} ${days} or more`;
      if (entered.value === 1) return prose`In the only arrest ${known}, the person waited ${wait} to see a judge.`;
      return unit === 'person'
        ? prose`Half of the ${speech.words(entered)} people ${known.replace('date', 'date of arrest')} waited ${wait} to see a judge${interval(lower, upper)}.`
        : prose`In half of the ${speech.words(entered)} arrests ${known}, the person waited ${wait} to see a judge${interval(lower, upper)}.`;
    },
    overLimit: (counts) => {
      if (!isSayable(counts)) return null;
      const whose = counts.basis === null ? '' : `, ${counts.basis}`;
      const unsettled = speech.words(counts.undetermined);
      const open = counts.undetermined.value ? prose`; in ${unsettled} the recorded dates do not settle it` : '';
      return prose`In ${partOf(counts, 'arrest', 'arrests')}${speech.bracketed(counts.share)} the wait exceeded ${counts.limit}${whose}${open}.`;
    },
    notYet: (censored) =>
      censored.value
        ? prose`Of these, ${speech.words(censored)} had not seen a judge by ${speech.date(cutOff)}, or by the earlier day on which the person was released, died or was last known to be held.`
        : null,
    waitingAfter: ({ day, share, lower, upper }) =>
      share.value === null
        ? null
        : prose`By the end of day ${String(day)} after arrest, an estimated ${speech.digits(share)}${interval(lower, upper)} had not yet seen a judge.`,
    leftOut: (excluded) =>
      excluded.value
        ? prose`The estimate leaves out ${speech.counted(excluded, noun('further arrest', 'further arrests'))} whose date is not known to the day.`
        : null,

    deaths: (deaths) =>
      deaths.value === 0
        ? prose`${capital(speech.counted(deaths, DEATH))} in custody were ${recorded} between ${between}.`
        : prose`${capital(speech.hedged(deaths, PERSON))} died in custody between ${between}.`,
    unconvicted: (unconvicted, known) => {
      if (!known.value || !unconvicted.value) return null;
      if (known.value === 1) return prose`The only one whose legal status is known had not been convicted.`;
      if (unconvicted.value === known.value) {
        return prose`None of the ${speech.words(known)} whose legal status is known had been convicted.`;
      }
      return prose`Of the ${speech.words(known)} whose legal status is known, ${speech.words(unconvicted)} had not been convicted.`;
    },
    beforeJudge: (beforeJudge) =>
      beforeJudge.value ? prose`They include ${speech.words(beforeJudge)} who died before seeing a judge.` : null,
    manner: (violent, suspicious, illness, insufficient) => {
      const rest = insufficient.value
        ? prose`; for ${speech.words(insufficient)} the information was insufficient`
        : '';
      return prose`${organisation} assessed ${speech.counted(violent, DEATH)} as violent or probably violent, ${speech.words(suspicious)} as suspicious and ${speech.words(illness)} as due to illness${rest}.`;
    },
    mismatch: (differs) =>
      isSayable(differs)
        ? prose`In ${partOf(differs, 'death for which both are known', 'deaths for which both are known')}${differs.part.value ? speech.bracketed(differs.share) : ''}, the official cause does not match the injuries described by relatives or seen in photographs.`
        : null,
    rate: (rate, [lower, upper], deaths, personYears) => {
      if (personYears.value === null) return null;
      if (rate.value === null) {
        return prose`The time spent in custody by the people in the register (${speech.digits(personYears)} person-years) is too short for a rate.`;
      }
      return prose`This is an estimated ${speech.digits(rate)} deaths per ${speech.number(1000)} person-years in custody${interval(lower, upper)}, from ${speech.counted(deaths, DEATH)} dated to the day over ${speech.digits(personYears)} person-years.`;
    },

    habeas: (filed, admitted, granted) => {
      if (filed.value === 0) return prose`${capital(speech.counted(filed, PETITION))} are known to ${organisation}.`;
      const outcome = prose`${speech.words(admitted)} had been admitted and ${speech.words(granted)} granted by ${speech.date(cutOff)}`;
      return prose`Of ${speech.counted(filed, PETITION)} known to ${organisation}, ${outcome}.`;
    },
    unanswered: (unanswered) =>
      unanswered.value ? prose`No answer had been given to ${speech.words(unanswered)} of them.` : null,
    releases: (released) =>
      released.value === 0
        ? prose`${capital(speech.counted(released, RELEASE))} from custody are known by ${speech.date(cutOff)}.`
        : prose`${capital(speech.hedged(released, RELEASE))} from custody ${speech.agree(released, 'is', 'are')} known by ${speech.date(cutOff)}.`,

    official: ({ indicator, count, qualifier, on, owner, checkable }) => {
      const doubt = checkable ? '' : `; ${organisation} could not verify it independently`;
      return prose`Authorities put the number of ${indicator} at ${qualifierWords(qualifier, 'en')}${speech.digits(count)} as of ${speech.date(on)} (${owner})${doubt}.`;
    },
    otherLists: (indicator, lowest, highest) =>
      lowest.value === highest.value
        ? prose`Another organisation counts ${speech.digits(lowest)} ${indicator}; the lists overlap and must not be added.`
        : prose`Counts of ${indicator} by other organisations range from ${speech.digits(lowest)} to ${speech.digits(highest)}; the lists overlap and must not be added.`,
    neverAdded: () =>
      prose`The official counts and those of ${organisation} are different lists: they overlap and must not be added.`,
  };
}
