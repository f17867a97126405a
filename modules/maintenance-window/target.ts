import { SsmMaintenanceWindowTarget } from '@cdktf/provider-aws/lib/ssm-maintenance-window-target/index.js';
import { Construct } from 'constructs';
import { listOf } from '../../core/value-checks.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { known } from '../tf/tokens.ts';
import { checkSameRegion } from './checks.ts';
import { checkTarget } from './target-checks.ts';
import type { TargetSelector } from './target-selector.ts';
import type { IMaintenanceWindow } from './window.ts';

export interface TargetOptions {
  /** Which nodes it stands for. Changing the kind of selection replaces the target. */
  readonly selector: TargetSelector;
  /** 3 to 128 letters, digits, _ - . @default - none */
  readonly targetName?: string;
  /** 3 to 128 characters. @default - none */
  readonly description?: string;
  /** Shown in events about the target, 1 to 128 characters. @default - none */
  readonly ownerInformation?: string;
  /** @default - the window's region */
  readonly region?: string;
}

export interface TargetProps extends TargetOptions {
  readonly window: IMaintenanceWindow;
}

/** Nodes registered with a maintenance window, for its tasks to run on. */
export class Target extends Construct {
  /** A UUID. */
  readonly windowTargetId: string;
  readonly window: IMaintenanceWindow;
  readonly selector: TargetSelector;

  constructor(scope: Construct, id: string, props: TargetProps) {
    super(scope, id);
    this.window = props.window;
    this.selector = props.selector;
    const region = props.region ?? props.window.region;
    const target = new SsmMaintenanceWindowTarget(this, 'Resource', {
      ...(region !== undefined && { region }),
      windowId: props.window.windowId,
      resourceType: props.selector.resourceType,
      targets: props.selector.entries.map((entry) => ({ key: entry.key, values: [...listOf(entry.values)] })),
      ...(props.targetName !== undefined && { name: props.targetName }),
      ...(props.description !== undefined && { description: props.description }),
      ...(props.ownerInformation !== undefined && { ownerInformation: props.ownerInformation }),
    });
    this.windowTargetId = target.id;
    const { targetName, description, ownerInformation, selector } = props;
    addCheck(this, () => [
      ...checkTarget(known({ targetName, description, ownerInformation, entries: selector.entries }) ?? {}),
      ...checkSameRegion(known(region), known(props.window.region)),
    ]);
  }
}
