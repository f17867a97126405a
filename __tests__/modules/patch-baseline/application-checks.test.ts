import { describe, expect, it } from '@jest/globals';
import { problemsWithFilters } from './sound-baseline.ts';

const missing =
  'which the patch set OS does not hold: nothing of it is approved; set patchSet: ["APPLICATION"], in a rule for applications alone [patch-baseline/application-patch-set]';
const family = (name: string) => `approvalRules[0].productFamily "${name}" is a family of applications, ${missing}`;
const product = (name: string) =>
  `approvalRules[0].product "${name}" is written like a product of applications, ${missing}`;

describe('applications in a rule for Windows', () => {
  it.each([
    [{ productFamily: ['Office'], product: ['Office 2016', 'Silverlight'], patchSet: ['APPLICATION'] }],
    [{ productFamily: ['Office'], product: ['Office 2016'], patchSet: ['OS', 'APPLICATION'] }],
    [{ productFamily: ['Office'], product: ['Office 2016'], patchSet: undefined }],
    [{ productFamily: ['Office'], patchSet: [undefined] }],
    [{ productFamily: ['Windows', '*'], product: ['Windows Server 2022', '*'] }],
    [{ productFamily: undefined, product: [undefined] }],
  ])('are found by %j, as far as it is known', (filters) => {
    expect(problemsWithFilters(filters, 'WINDOWS')).toEqual([]);
  });

  it.each([
    [{ productFamily: ['Office'] }, [family('Office')]],
    [{ productFamily: ['Office'], patchSet: ['OS'] }, [family('Office')]],
    [{ productFamily: ['Windows', 'SQL Server'] }, [family('SQL Server')]],
    [{ product: ['Office 2016'] }, [product('Office 2016')]],
    [{ product: ['Office 2016'], patchSet: ['OS'] }, [product('Office 2016')]],
    [{ productFamily: ['Windows'], product: ['Office 2016', '*'] }, [product('Office 2016')]],
    [{ productFamily: ['Office'], product: ['Office 2016'] }, [family('Office')]],
  ])('are not found by %j', (filters, problems) => {
    expect(problemsWithFilters(filters, 'WINDOWS')).toEqual(problems);
  });

  it('are not told of where names are wrong or all', () => {
    expect(problemsWithFilters({ productFamily: ['All', ''], product: [`a ${'b'.repeat(63)}`] }, 'WINDOWS')).toEqual([
      'approvalRules[0].productFamily must not be the console\'s word "All": AWS refuses it when it is applied; use "*" for all [patch-baseline/filter-value-all]',
      'approvalRules[0].productFamily must be 1 to 64 characters, got ""; change approvalRules[0].productFamily [patch-baseline/filter-value-length]',
      `approvalRules[0].product must be 1 to 64 characters, got 65 characters: "a ${'b'.repeat(63)}"; change approvalRules[0].product [patch-baseline/filter-value-length]`,
    ]);
  });
});
