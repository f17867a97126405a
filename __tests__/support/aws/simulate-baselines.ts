import type { SimulatedBaseline } from './fleet.ts';
import type { Random } from './random.ts';
import { type System, systems } from './systems.ts';

interface SimulatedBaselines {
  readonly all: readonly SimulatedBaseline[];
  readonly patchGroups: readonly { readonly patchGroup: string; readonly baselineId: string }[];
  readonly of: (system: System, owner: 'AWS' | 'Self') => string;
}

/** For each system a baseline of ours, registered for its patch group, and AWS's own, which is the default. */
export function simulateBaselines(random: Random, region: string): SimulatedBaselines {
  const made = new Map<string, SimulatedBaseline>();
  for (const [system, { operatingSystem }] of Object.entries(systems)) {
    const base = {
      OperatingSystem: operatingSystem,
      ApprovalRules: {
        PatchRules: [
          {
            PatchFilterGroup: { PatchFilters: [{ Key: 'PRODUCT' as const, Values: ['*'] }] },
            ComplianceLevel: 'UNSPECIFIED' as const,
            ApproveAfterDays: 7,
            EnableNonSecurity: false,
          },
        ],
      },
      ApprovedPatches: [],
      ApprovedPatchesComplianceLevel: 'UNSPECIFIED' as const,
      ApprovedPatchesEnableNonSecurity: false,
      RejectedPatches: [],
      RejectedPatchesAction: 'ALLOW_AS_DEPENDENCY' as const,
      Sources: [],
      CreatedDate: new Date('2026-01-05T10:00:00Z'),
      ModifiedDate: new Date('2026-01-05T10:00:00Z'),
    };
    made.set(`${system} Self`, {
      ...base,
      BaselineId: `pb-0${random.hex(16)}`,
      Name: `fleet-${system}`,
      Description: 'As the fleet file says',
      PatchGroups: [systems[system as System].patchGroup],
      isDefault: false,
      owner: 'Self',
    });
    made.set(`${system} AWS`, {
      ...base,
      BaselineId: `arn:aws:ssm:${region}:075727635805:patchbaseline/pb-0${random.hex(16)}`,
      Name: `AWS-${system}-DefaultPatchBaseline`,
      Description: 'Default patch baseline',
      PatchGroups: [],
      isDefault: true,
      owner: 'AWS',
    });
  }
  const of = (system: System, owner: 'AWS' | 'Self') => made.get(`${system} ${owner}`)?.BaselineId ?? '';
  return {
    all: [...made.values()],
    patchGroups: (Object.keys(systems) as System[]).map((system) => ({
      patchGroup: systems[system].patchGroup,
      baselineId: of(system, 'Self'),
    })),
    of,
  };
}
