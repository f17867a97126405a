import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeSkipped } from '../support/skipped.ts';
import { describeWithStandIn, TerraformDirectory } from '../support/terraform.ts';
import { synthesised } from '../support/walkthrough.ts';

function describeWithCheckov(name: string, tests: () => void): void {
  if (spawnSync('checkov', ['--version']).status === 0) describe(name, tests);
  else describeSkipped(name, 'checkov is not installed here', tests);
}

describeWithStandIn('infrastructure scanners', () => {
  describeWithCheckov('Checkov', () => {
    it("finds nothing in the walkthrough's plan, with nothing suppressed", () => {
      const terraform = new TerraformDirectory(JSON.parse(synthesised()));
      try {
        const plan = join(terraform.path, 'plan.json');
        writeFileSync(plan, JSON.stringify(terraform.planJson()));
        const args = ['-f', plan, '--framework', 'terraform_plan', '--skip-download', '-o', 'json'];
        const { stdout, stderr } = spawnSync('checkov', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
        if (!stdout.startsWith('{')) throw new Error(`checkov: ${stdout}${stderr}`);
        const { results, summary } = JSON.parse(stdout);
        const failed = results.failed_checks.map(
          (check: Record<string, unknown>) => `${check.check_id} ${check.resource}`,
        );
        expect(failed).toEqual([]);
        expect(summary).toMatchObject({ failed: 0, skipped: 0, parsing_errors: 0 });
        // That it looked at the instances, roles and security groups at all.
        expect(summary.passed).toBeGreaterThan(40);
      } finally {
        terraform.remove();
      }
    });
  });
});
