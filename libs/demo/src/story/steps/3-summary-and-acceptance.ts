import type { Checks, Step } from '../step';
import type { World } from '../world';

async function run(world: World, check: Checks): Promise<void> {
  const referral = `/api/referrals/${world.knows('referral-toscana')}`;
  const members = world.ids.members;

  const opened = await world.change('elena', referral, `${referral}/summary`, {}, { purpose: 'referral_assessment' });
  check.equal('Elena opens the summary', opened.status, 204);
  const view = await world.until<{ terms?: { case: string } }>('elena', 'GET', referral, ({ body }) => Boolean(body.terms?.case));
  const theirs = `/api/cases/${world.learn('case-toscana', view.body.terms?.case)}`;
  check.holds('she calls the case otherwise than Umbria does', world.knows('case-toscana') !== world.knows('case'));
  const summary = await world.until('elena', 'GET', theirs, ({ status }) => status === 200, { purpose: 'referral_assessment' });
  check.equal('what she gets is byte for byte what the preview foretold', summary.text, world.knows('stage1'));
  check.refused('for another purpose she gets nothing', await world.get('elena', theirs, { purpose: 'direct_assistance' }), 404);
  check.refused('her colleague gets nothing', await world.get('bruno', theirs, { purpose: 'referral_assessment' }), 404);
  const early = await world.post(
    'elena',
    `${theirs}/reveals`,
    { group: 'ID', field: 'given_name', reason: 'Vorrei sapere il nome' },
    { purpose: 'referral_assessment' },
  );
  check.holds('no name can be opened before acceptance', early.status === 403 || early.status === 404, String(early.status));

  const asked = await world.change('elena', referral, `${referral}/clarifications`, { question: 'Serve un alloggio per quanti mesi?' });
  check.equal('she asks a question', asked.status, 204);
  const sent = `/api/referrals/${world.knows('referral')}`;
  const answered = await world.change('giulia', sent, `${sent}/clarifications/answers`, { answer: 'Almeno sei mesi.' });
  check.equal('Giulia answers', answered.status, 204);
  const self = await world.change('giulia', sent, `${sent}/acceptance`, { responsible: members.giulia, mode: 'service' });
  check.holds(
    'the sender cannot accept its own offer',
    self.status === 403 || self.status === 404 || self.status === 409,
    String(self.status),
  );

  const accepted = await world.change('elena', referral, `${referral}/acceptance`, { responsible: members.elena, mode: 'service' });
  check.equal('Elena accepts and names herself responsible', accepted.status, 204);
  const whole = await world.until('elena', 'GET', theirs, ({ status }) => status === 200, { purpose: 'direct_assistance' });
  check.equal('the accepted view is byte for byte what the preview foretold', whole.text, world.knows('accepted'));
  const name = await world.post<{ value: string }>(
    'elena',
    `${theirs}/reveals`,
    { group: 'ID', field: 'given_name', reason: 'Accoglienza della persona' },
    { purpose: 'direct_assistance' },
  );
  check.equal('only now the identity is opened, one value at a time', name.status, 201);
  const phone = await world.post(
    'elena',
    `${theirs}/reveals`,
    { group: 'FAM', field: 'relatives', reason: 'Non serve davvero' },
    { purpose: 'direct_assistance' },
  );
  check.holds('and only within the granted groups', phone.status === 403 || phone.status === 404, String(phone.status));

  check.refused('her colleague sees 404', await world.get('bruno', theirs, { purpose: 'direct_assistance' }), 404);
  const list = await world.get<{ items: unknown[]; total: number }>('bruno', '/api/cases', { purpose: 'direct_assistance' });
  check.equal('in lists and counts too', [list.body.items.length, list.body.total], [0, 0]);
  const searched = await world.get<{ total: number }>('bruno', '/api/cases?need=housing&region=umbria', { purpose: 'direct_assistance' });
  check.equal('and in search', searched.body.total, 0);
  const mine = await world.get<{ total: number }>('elena', '/api/cases', { purpose: 'direct_assistance' });
  check.equal('she finds it in her list', mine.body.total, 1);
}

export const step3: Step = {
  number: 3,
  name: 'A pseudonymous summary, an acceptance, and only then an identity',
  run,
  fault: ({ who, path, status, body }) =>
    who === 'bruno' && path === '/api/cases' ? { status, body: { items: [], total: 1 } } : { status, body },
};
