import { describe, expect, it } from '@jest/globals';
import { windowsSection } from '../../../cli/compliance/windows.ts';
import { complianceReport } from '../../../compliance/index.ts';
import type { WindowFacts } from '../../../compliance/window-facts.ts';
import { renderMarkdown } from '../../../report/index.ts';
import {
  asOf,
  fleetContext,
  installWindow,
  instance,
  place,
  run,
  sourceOf,
  without,
} from '../../compliance/support.ts';

async function told(window: WindowFacts): Promise<string> {
  const facts = place([instance()], { windows: [window] });
  const options = { fleet: fleetContext(), asOf, madeAt: asOf, toolVersion: '0.0.0' };
  const section = windowsSection(await complianceReport(sourceOf(facts), options));
  return renderMarkdown({ title: 'windows', facts: [], sections: [section] });
}

const unread = (status: 'SUCCESS' | 'FAILED') => without(run(status, []), 'tasks');

describe('maintenance windows in a report', () => {
  it('say where it was not read what nodes did in a run that went wrong', async () => {
    const text = await told(installWindow({ executions: [unread('FAILED')] }));
    expect(text).toContain('FAILED: what nodes did was not read');
    expect(text).toContain('none is known: of 1 last run that went wrong it was not read');
    const well = await told(installWindow({ executions: [unread('SUCCESS')] }));
    expect(well).not.toContain('not read');
  });

  it('count skipped runs as at least so many, where older ones were left out', async () => {
    const executions = [run('SKIPPED_OVERLAPPING', [])];
    expect(await told(installWindow({ executions }))).toContain('; 1 skipped while the one before still ran');
    expect(await told(installWindow({ executions, olderExecutionsUnread: true }))).toContain(
      '; at least 1 skipped while the one before still ran',
    );
  });
});
