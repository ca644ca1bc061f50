import { toldEvents } from '../cases/telling.js';
import { accountsIn } from './corrections.js';

describe('corrections', () => {
  it('keep the identity, the file and the age of the account they correct', () => {
    const [account] = accountsIn(
      toldEvents([
        { hearing: '2022-04-18', id: 'first', file: 'absorbed', recorded: '2023-01-01T00:00:00Z' },
        { hearing: '2022-04-19', id: 'second', corrects: 'first', file: 'kept', recorded: '2023-06-01T00:00:00Z' },
      ]),
    );
    expect(account).toMatchObject({ identity: 'first', fileId: 'absorbed', firstRecordedAt: '2023-01-01T00:00:00Z' });
    expect(account?.event.id).toBe('second');
    expect([...(account?.ids ?? [])]).toEqual(['first', 'second']);
  });

  it('stand when the event they correct was withdrawn', () => {
    const accounts = accountsIn(
      toldEvents([
        { hearing: '2022-04-18', id: 'first', withdrawn: true },
        { hearing: '2022-04-19', id: 'second', corrects: 'first' },
      ]),
    );
    expect(accounts.map(({ event }) => event.id)).toEqual(['second']);
  });

  it('leave no account when all wordings are withdrawn', () => {
    const told = toldEvents([
      { hearing: '2022-04-18', id: 'first', withdrawn: true },
      { hearing: '2022-04-19', id: 'second', corrects: 'first', withdrawn: true },
    ]);
    expect(accountsIn(told)).toEqual([]);
  });

  it('of an event that is not on file are of one account', () => {
    const accounts = accountsIn(
      toldEvents([
        { hearing: '2022-04-18', id: 'a', corrects: 'elsewhere' },
        { hearing: '2022-04-19', id: 'b', corrects: 'elsewhere' },
      ]),
    );
    expect(accounts).toMatchObject([{ identity: 'elsewhere', event: { id: 'b' } }]);
  });

  it('recorded in the same instant go by who corrects whom', () => {
    const recorded = '2023-01-01T00:00:00Z';
    const [account] = accountsIn(
      toldEvents([
        { hearing: '2022-04-19', id: 'a', corrects: 'z', recorded },
        { hearing: '2022-04-18', id: 'z', recorded },
      ]),
    );
    expect(account?.event.id).toBe('a');
  });

  it('that correct one another in a circle end somewhere, always in the same place', () => {
    const told = toldEvents([
      { hearing: '2022-04-18', id: 'a', corrects: 'b' },
      { hearing: '2022-04-19', id: 'b', corrects: 'a' },
    ]);
    expect(accountsIn(told)).toEqual(accountsIn([...told].reverse()));
    expect(accountsIn(told)).toMatchObject([{ identity: 'a', event: { id: 'b' } }]);
  });
});
