import type { Story, StoryActor } from './story.ts';

const AALTO: StoryActor = { name: 'Aino Aalto', country: 'FIN' };
const BERG: StoryActor = { name: 'Nils Berg', country: 'NOR' };
const FINLAND: StoryActor = { name: 'Finland', country: 'FIN', kind: 'state' };
const NORWAY: StoryActor = { name: 'Norway', country: 'NOR', kind: 'state' };

/**
 * Five invented reports of invented quarrels over fish: a summit in Geneva announced, held and looked back upon, two
 * reports that differ on its length, a later call that is not the summit, and envoys sent home.
 */
export const SUMMIT: readonly Story[] = [
  {
    outlet: 'Northern Wire',
    kind: 'wire',
    published: '2021-06-10',
    title: 'Leaders to meet over the fishing grounds',
    text: 'Aino Aalto and Nils Berg will meet in Geneva on June 16, both offices said. The two will discuss fisheries.',
    actors: [AALTO, BERG],
    claims: [
      {
        sentence: 'Aino Aalto and Nils Berg will meet in Geneva on June 16, both offices said.',
        trigger: 'meet',
        event: 'CONSULT',
        actors: ['Aino Aalto', 'Nils Berg'],
        status: 'planned',
        medium: 'in-person',
        when: ['2021-06-16', 'June 16'],
        place: ['Geneva', 'CHE', 'city'],
      },
      {
        sentence: 'The two will discuss fisheries.',
        trigger: 'discuss',
        event: 'CONSULT',
        actors: ['Aino Aalto', 'Nils Berg'],
        status: 'planned',
        issue: ['fisheries', 'fisheries'],
      },
    ],
  },
  {
    outlet: 'Harbour Post',
    published: '2021-06-17',
    title: 'Two hours by the lake',
    text: 'Aino Aalto met Nils Berg in Geneva on Wednesday for two hours. Norway expelled ten Finnish envoys on Monday.',
    actors: [AALTO, BERG, NORWAY, FINLAND],
    claims: [
      {
        sentence: 'Aino Aalto met Nils Berg in Geneva on Wednesday for two hours.',
        trigger: 'met',
        event: 'CONSULT',
        actors: ['Aino Aalto', 'Nils Berg'],
        medium: 'in-person',
        duration: 'PT2H',
        when: ['2021-06-16', 'Wednesday'],
        place: ['Geneva', 'CHE', 'city'],
      },
      {
        sentence: 'Norway expelled ten Finnish envoys on Monday.',
        trigger: 'expelled',
        event: 'SANCTION',
        mode: ['expel'],
        actors: ['Norway'],
        recipients: ['Finland'],
        when: ['2021-06-14', 'Monday'],
        figure: [10, 'diplomats', 'ten Finnish envoys'],
      },
    ],
  },
  {
    outlet: 'The Lighthouse',
    published: '2021-06-17',
    title: 'Three hours, few smiles',
    text: 'Finland and Norway held three hours of talks in Geneva on June 16. Oslo had sent twelve Finnish diplomats home on June 14.',
    actors: [FINLAND, NORWAY],
    claims: [
      {
        sentence: 'Finland and Norway held three hours of talks in Geneva on June 16.',
        trigger: 'talks',
        event: 'CONSULT',
        actors: ['Finland', 'Norway'],
        duration: 'PT3H',
        when: ['2021-06-16', 'June 16'],
        place: ['Geneva', 'CHE', 'city'],
      },
      {
        sentence: 'Oslo had sent twelve Finnish diplomats home on June 14.',
        trigger: 'sent',
        event: 'SANCTION',
        mode: ['expel'],
        actors: ['Norway'],
        recipients: ['Finland'],
        when: ['2021-06-14', 'June 14'],
        figure: [12, 'diplomats', 'twelve Finnish diplomats'],
      },
    ],
  },
  {
    outlet: 'Harbour Post',
    published: '2021-12-08',
    title: 'A call in the dark season',
    text: 'Aino Aalto spoke with Nils Berg by phone on Tuesday. They last sat together in Geneva in June. Norway hopes to meet again.',
    actors: [AALTO, BERG, NORWAY, FINLAND],
    claims: [
      {
        sentence: 'Aino Aalto spoke with Nils Berg by phone on Tuesday.',
        trigger: 'spoke',
        event: 'CONSULT',
        actors: ['Aino Aalto', 'Nils Berg'],
        medium: 'phone',
        when: ['2021-12-07', 'Tuesday'],
      },
      {
        sentence: 'They last sat together in Geneva in June.',
        trigger: 'sat together',
        event: 'CONSULT',
        actors: ['Aino Aalto', 'Nils Berg'],
        when: ['2021-06', 'June'],
        place: ['Geneva', 'CHE', 'city'],
      },
      {
        sentence: 'Norway hopes to meet again.',
        trigger: 'meet',
        event: 'CONSULT',
        actors: ['Norway', 'Finland'],
        status: 'hoped',
      },
    ],
  },
  {
    outlet: 'Office of the President of Finland',
    kind: 'official',
    published: null,
    text: 'Aino Aalto threatened new tariffs on Norway unless the nets are lifted. In June she had met Nils Berg in Geneva.',
    actors: [AALTO, BERG, NORWAY],
    claims: [
      {
        sentence: 'Aino Aalto threatened new tariffs on Norway unless the nets are lifted.',
        trigger: 'threatened',
        event: 'THREATEN',
        mode: ['restrict'],
        actors: ['Aino Aalto'],
        recipients: ['Norway'],
        status: 'threatened',
        condition: 'unless the nets are lifted',
        issue: ['trade', 'tariffs'],
      },
      {
        sentence: 'In June she had met Nils Berg in Geneva.',
        trigger: 'met',
        event: 'CONSULT',
        actors: ['Aino Aalto', 'Nils Berg'],
        when: ['XXXX-06', 'June'],
        place: ['Geneva', 'CHE', 'city'],
      },
    ],
  },
];
