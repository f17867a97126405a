import * as z from 'zod';
import { complianceLevels } from '../../modules/patch-baseline/approval-rule.ts';
import { operatingSystems } from '../../modules/patch-baseline/operating-system.ts';
import { key, text } from './values.ts';

const texts = z.array(text);
const complianceLevel = z.enum(complianceLevels);

const approvalRule = z
  .strictObject({
    product: texts
      .optional()
      .describe(
        'Products, such as `WindowsServer2022`, or `Office 2016` with `patchSet: [APPLICATION]`; `*` for all. Default: not looked at.',
      ),
    productFamily: texts
      .optional()
      .describe(
        'Windows: product families, such as `Office` together with `patchSet: [APPLICATION]`. Default: not looked at.',
      ),
    classification: texts
      .optional()
      .describe(
        'Classifications, such as `SecurityUpdates` of Windows or `Security` of Linux. Default: not looked at.',
      ),
    msrcSeverity: texts.optional().describe('Windows: severities, such as `Critical`. Default: not looked at.'),
    patchSet: z
      .array(z.enum(['OS', 'APPLICATION']))
      .optional()
      .describe(
        'Windows: patches of the system or of applications, which are approved by no rule without `APPLICATION`. Default: OS, decided by AWS.',
      ),
    severity: texts
      .optional()
      .describe('Linux with yum, dnf or zypper: severities, such as `Critical`. Default: not looked at.'),
    priority: texts
      .optional()
      .describe('Ubuntu, Debian, Raspbian: priorities, such as `Required`. Default: not looked at.'),
    approveAfterDays: z
      .number()
      .optional()
      .describe(
        'Days after its release that a patch is approved, 0 to 360. The number of an assignment or its ring takes its place. Default: none; then each of them must say one.',
      ),
    approveUntilDate: text
      .optional()
      .describe(
        'Approves what was released up to this day, `YYYY-MM-DD`, instead of `approveAfterDays`. Default: none.',
      ),
    complianceLevel: complianceLevel
      .optional()
      .describe('How bad it is when the patch is missing, for reports. Default: UNSPECIFIED.'),
    enableNonSecurity: z
      .boolean()
      .optional()
      .describe('Linux: also updates that are not for security. Default: false.'),
  })
  .meta({
    id: 'approvalRule',
    description: 'Approves the patches that match every filter given; one value of a filter is enough.',
  });

const source = z
  .strictObject({
    name: text.describe('3 to 50 letters, digits, `_`, `-` and `.`.'),
    products: texts.describe('Products it is for, such as `Ubuntu22.04`, 1 to 20.'),
    configuration: text.describe('What the file of the package manager says about it.'),
  })
  .describe('A repository that replaces those of the node.');

export const baseline = z
  .strictObject({
    operatingSystem: z.enum(operatingSystems).describe('The operating system, in the words of AWS.'),
    description: text.optional().describe('For people, 1 to 1024 characters. Default: none.'),
    preset: z
      .literal('aws-default')
      .optional()
      .describe(
        "The rules of AWS's own default baseline for the operating system. It stands in the place of `approvalRules`. Default: none.",
      ),
    approvalRules: z
      .array(approvalRule)
      .optional()
      .describe('At most 10 rules; a patch is approved when one of them approves it. Default: none.'),
    approvedPatches: texts
      .optional()
      .describe('Patches approved by name, such as `KB5034441` or `kernel*`, at most 50. Default: none.'),
    approvedPatchesComplianceLevel: complianceLevel
      .optional()
      .describe('How bad it is when a patch of `approvedPatches` is missing. Default: UNSPECIFIED.'),
    approvedPatchesEnableNonSecurity: z
      .boolean()
      .optional()
      .describe('Linux: `approvedPatches` also names updates that are not for security. Default: false.'),
    rejectedPatches: texts.optional().describe('Patches that are not installed, by name, at most 50. Default: none.'),
    rejectedPatchesAction: z
      .enum(['ALLOW_AS_DEPENDENCY', 'BLOCK'])
      .optional()
      .describe(
        'Whether a rejected patch may come as a dependency of another one, or never. Default: ALLOW_AS_DEPENDENCY.',
      ),
    sources: z
      .array(source)
      .optional()
      .describe('Linux: repositories that replace those of the node, at most 20. Default: none.'),
    availableSecurityUpdatesComplianceStatus: z
      .enum(['COMPLIANT', 'NON_COMPLIANT'])
      .optional()
      .describe('Windows: what a node is while security updates wait for their approval. Default: COMPLIANT.'),
    registerAsDefault: z
      .boolean()
      .optional()
      .describe(
        'Makes it the default of its operating system, for nodes without a patch group, in every account and region that uses it. Default: false.',
      ),
  })
  .meta({ id: 'baseline', description: 'What is approved on one operating system.' });

export const patchGroup = z
  .strictObject({
    name: text.describe(
      'Value of the tag that nodes carry. Their owners set it, so it names no ring. 1 to 256 characters.',
    ),
    baselines: z.array(key).describe('Keys of `baselines`, one for each operating system of the group.'),
  })
  .meta({ id: 'patchGroup', description: 'Nodes that are patched alike, and what is approved for them.' });

/** A baseline as the file says it. */
export type FleetBaseline = z.infer<typeof baseline>;
export type FleetPatchGroup = z.infer<typeof patchGroup>;
