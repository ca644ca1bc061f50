/** Method and limits in English (report-forms.md §7). */
import type { Runs } from '../document.js';
import { capital, prose } from '../speech.js';
import type { MethodWording } from './method.js';
import type { Listed, Voice } from './sentences.js';

export function englishMethod(voice: Voice): MethodWording {
  const { speech, organisation, place, from, to, cutOff } = voice;
  const series = (items: readonly Listed[]): Runs =>
    items.flatMap(({ label, count }, i) => prose`${i === 0 ? '' : ', '}${label} (${speech.digits(count)})`);

  return {
    titles: {
      universe: 'Universe and cut-off',
      sources: 'Sources',
      proof: 'Standard of proof and grading',
      verification: 'Verification',
      unit: 'Unit of count and deduplication',
      consent: 'Consent and names',
      requests: 'Requests to authorities',
      limits: 'Limits',
      uses: 'What the figures may and may not be used for',
      disclosure: 'Statistical disclosure control',
      review: 'Who checked it',
    },
    universe: (dataVersion) =>
      prose`People deprived of liberty in ${place} whose arrest between ${speech.date(from)} and ${speech.date(to)} is in the case register of ${organisation}. Cut-off: end of ${speech.date(cutOff)}, local time; what happened or was learned later is not counted. Data version ${dataVersion}.`,
    register: (sources, several) =>
      sources.length === 0
        ? null
        : prose`Arrests by type of ${several ? 'source, of which one arrest may have several' : 'the first source'}: ${series(sources)}.`,
    interviews: (interviews) =>
      interviews.length === 0
        ? prose`The number of interviews was not stated for this report.`
        : prose`Interviews held: ${series(interviews)}.`,
    conditions: (conditions, other) => {
      const parts = [conditions?.en, other?.en].filter((text) => text !== undefined);
      return parts.length === 0 ? null : prose`${parts.join(' ')}`;
    },
    standard: (standard) =>
      standard === null
        ? prose`Every record that has not been refuted counts, whatever its grade; the grades are shown so that readers can judge.`
        : prose`${standard.en}`,
    grades: (levels) => (levels.length === 0 ? null : prose`Arrests by grade: ${series(levels)}.`),
    verificationRule: () =>
      prose`A record is documented when two independent sources agree or an official or forensic paper has been seen, and verified when a second reviewer, never the author of the record, has signed it.`,
    verified: ({ part, base, share }) =>
      base.value
        ? prose`Verified so far: ${speech.words(part)} of ${speech.words(base)} arrests${part.value ? speech.bracketed(share) : ''}.`
        : null,
    units: () =>
      prose`People, arrests, deaths, petitions and releases are different units; each table names its own, and different units are never added.`,
    deduplication: () =>
      prose`Files that describe the same person are merged after a person has compared them, and each person is counted once.`,
    withoutConsent: (without, arrests) =>
      !arrests.value
        ? null
        : without.value === 0
          ? prose`Consent to anonymous statistics is on record for all ${speech.words(arrests)} arrests.`
          : prose`Of ${speech.words(arrests)} arrests, ${speech.words(without)} ${speech.agree(without, 'lacks', 'lack')} consent to anonymous statistics; they are counted here, in an internal document, and must be left out of anything published.`,
    names: () =>
      prose`No name, document number or account of a case is printed; codes and places are not finer than the tables show.`,
    requests: (requests) =>
      requests.length === 0
        ? [prose`No request to an authority is on record for this report.`]
        : requests.map(({ body, sentOn, answeredOn }) =>
            answeredOn === null
              ? prose`${organisation} wrote to ${body.en} on ${speech.date(sentOn)}; no reply had been received by ${speech.date(cutOff)}.`
              : prose`${organisation} wrote to ${body.en} on ${speech.date(sentOn)} and received a reply on ${speech.date(answeredOn)}.`,
          ),
    limits: (particular) => [
      prose`Cases reach ${organisation} through people who know of it, trust it and dare to speak, so many detentions are missing (under-registration), and those that are known are not a cross-section of all (selection). Fear, reserved files and secret hearings keep facts out. Definitions and practice changed during the period, and some dates are missing or known only to the month.`,
      ...particular.map((limit) => prose`${limit.en}`),
    ],
    leftOut: (excluded) =>
      excluded.value
        ? prose`Imprecise dates leave ${speech.counted(excluded, { one: 'arrest', many: 'arrests', gender: 'feminine' })} out of the time to first judge.`
        : null,
    uses: () => [
      prose`These figures describe cases that reached ${organisation} between ${speech.date(from)} and ${speech.date(to)}. They are not a sample of all detentions and do not measure how common each violation is. They should be read as minimum numbers.`,
      prose`They may be used to show that something happened, to whom and how often within the register; not to estimate national shares, nor to compare periods or areas in which documentation differed. They must not be added to the lists of others.`,
    ],
    noControl: () =>
      prose`None: the figures are exact (no minimum cell size, no rounding, no complementary suppression). Small cells can point to a person; the document must stay inside the organisation. Figures for publication come from a protected edition.`,
    checkedBy: (names) =>
      names.length === 0
        ? prose`Nobody is recorded as having checked this report. The arithmetic checks were run by the program.`
        : prose`${capital([{ kind: 'text', text: names.join('; ') }])}. The arithmetic checks were run by the program.`,
  };
}
