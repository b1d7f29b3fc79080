import { briefBlocks, loadBrief } from '../brief.ts';
import { htmlOf } from '../layout.ts';
import { trusted } from './html.ts';
import type { AddPage } from './site.ts';

/** `/brief/USA-RUS`: what a person reads before two sides meet. */
export const addBriefPages: AddPage = (app, { store }, show) => {
  app.get('/brief/:sides', (call) =>
    show(call, async () => {
      const sides = call.req.param('sides')!;
      const [one, two] = sides.split(/-(?=[^-]+$)/);
      if (one === undefined || two === undefined) return undefined;
      const on = call.req.query('on');
      const brief = await loadBrief(store, [one, two], on === '' ? undefined : on);
      const names = await store.partyNames(brief.parties);
      return {
        title: `${names.get(brief.parties[0]) ?? one} and ${names.get(brief.parties[1]) ?? two}`,
        place: null,
        main: trusted(htmlOf(briefBlocks(brief, names, { linked: true }))),
        forms: [['JSON', `/api/v1/brief?one=${encodeURIComponent(one)}&two=${encodeURIComponent(two)}`]],
      };
    }),
  );
};
