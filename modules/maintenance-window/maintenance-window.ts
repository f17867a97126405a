import { SsmMaintenanceWindow } from '@cdktf/provider-aws/lib/ssm-maintenance-window/index.js';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { IWindowRole } from '../iam/index.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { constructsBefore } from '../tf/siblings.ts';
import { known } from '../tf/tokens.ts';
import {
  checkHasTask,
  checkMaintenanceWindow,
  checkWindowContents,
  checkWindowId,
  checkWindowQuota,
  type WindowContents,
} from './checks.ts';
import { PatchTask, type PatchTaskOptions } from './patch-task.ts';
import type { Schedule } from './schedule.ts';
import { Target, type TargetOptions } from './target.ts';
import { Task, type TaskOptions } from './task.ts';
import type { IMaintenanceWindow } from './window.ts';

export interface MaintenanceWindowProps {
  /** 3 to 128 letters, digits, _ - . */
  readonly windowName: string;
  /** When it opens. */
  readonly schedule: Schedule;
  /** The role that runs its tasks, unless a task brings its own. */
  readonly taskRole: IWindowRole;
  /** 1 to 128 characters. @default - none */
  readonly description?: string;
  /** IANA name, `America/New_York`. @default - UTC */
  readonly scheduleTimezone?: string;
  /** Days after the day that cron names, 0 to 6. @default 0 */
  readonly scheduleOffset?: number;
  /** First instant it may open, `2026-12-01T09:00:00-08:00`. @default - at once */
  readonly startDate?: string;
  /** Instant after which it does not open. @default - never */
  readonly endDate?: string;
  /** Hours it stays open, 1 to 24. @default 3 */
  readonly duration?: number;
  /** Hours before its end after which no task starts; below `duration`. @default 1 */
  readonly cutoff?: number;
  /** @default true */
  readonly enabled?: boolean;
  /** Lets tasks run on nodes that are not registered as targets. @default false */
  readonly allowUnassociatedTargets?: boolean;
  /** @default - none but the provider's default tags */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - the region of the stack's provider */
  readonly region?: string;
}

abstract class Window extends Construct implements IMaintenanceWindow {
  abstract readonly windowId: string;
  abstract readonly taskRole: IWindowRole;
  abstract readonly region?: string;
  abstract readonly allowUnassociatedTargets?: boolean;

  /** Registers nodes, at `Targets/<id>`. */
  addTarget(id: string, options: TargetOptions): Target {
    return new Target(this.child('Targets'), id, { ...options, window: this });
  }

  /** Scans or patches, at `Tasks/<id>`. */
  addPatchTask(id: string, options: PatchTaskOptions): PatchTask {
    return new PatchTask(this.child('Tasks'), id, { ...options, window: this });
  }

  /** Does anything else, at `Tasks/<id>`. */
  addTask(id: string, options: TaskOptions): Task {
    return new Task(this.child('Tasks'), id, { ...options, window: this });
  }

  /** How many targets and tasks its stack declares for it. */
  protected contents(): WindowContents {
    const constructs = TerraformStack.of(this).node.findAll();
    return {
      targets: constructs.filter((other) => other instanceof Target && other.window === this).length,
      tasks: constructs.filter((other) => other instanceof Task && other.window === this).length,
    };
  }

  private child(id: string): Construct {
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
  }
}

/**
 * A time at which nodes may be patched.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows.html
 */
export class MaintenanceWindow extends Window {
  /** A window that exists. Targets and tasks can be added to it. */
  static fromWindowId(
    scope: Construct,
    id: string,
    windowId: string,
    taskRole: IWindowRole,
  ): ImportedMaintenanceWindow {
    return new ImportedMaintenanceWindow(scope, id, windowId, taskRole);
  }

  readonly windowId: string;
  readonly windowName: string;
  readonly taskRole: IWindowRole;
  readonly schedule: Schedule;
  readonly scheduleTimezone?: string;
  readonly duration: number;
  readonly cutoff: number;
  readonly enabled: boolean;
  readonly allowUnassociatedTargets: boolean;
  readonly region?: string;

  constructor(scope: Construct, id: string, props: MaintenanceWindowProps) {
    super(scope, id);
    this.windowName = props.windowName;
    this.taskRole = props.taskRole;
    this.schedule = props.schedule;
    this.duration = props.duration ?? 3;
    this.cutoff = props.cutoff ?? 1;
    this.enabled = props.enabled ?? true;
    this.allowUnassociatedTargets = props.allowUnassociatedTargets ?? false;
    if (props.region !== undefined) this.region = props.region;
    if (props.scheduleTimezone !== undefined) this.scheduleTimezone = props.scheduleTimezone;
    // The provider takes 1 to 6: none is written as nothing.
    const scheduleOffset = props.scheduleOffset || props.schedule.offsetDays;
    const window = new SsmMaintenanceWindow(this, 'Resource', {
      ...(props.region !== undefined && { region: props.region }),
      name: props.windowName,
      ...(props.description !== undefined && { description: props.description }),
      schedule: props.schedule.expression,
      ...(props.scheduleTimezone !== undefined && { scheduleTimezone: props.scheduleTimezone }),
      ...(scheduleOffset !== undefined && { scheduleOffset }),
      ...(props.startDate !== undefined && { startDate: props.startDate }),
      ...(props.endDate !== undefined && { endDate: props.endDate }),
      duration: this.duration,
      cutoff: this.cutoff,
      enabled: this.enabled,
      allowUnassociatedTargets: this.allowUnassociatedTargets,
      ...(props.tags !== undefined && { tags: { ...props.tags } }),
    });
    this.windowId = window.id;
    const { taskRole: _role, ...plain } = props;
    const facts = { ...plain, schedule: { ...props.schedule }, duration: this.duration, cutoff: this.cutoff };
    addCheck(this, () => {
      const contents = this.contents();
      return [
        ...checkMaintenanceWindow(known(facts) ?? {}),
        ...checkWindowQuota(this.windowsBefore()),
        ...checkWindowContents(contents),
        ...checkHasTask(contents),
      ];
    });
  }

  /** Of this region, so that the quota of each is counted by itself. */
  private windowsBefore(): number {
    const windows = constructsBefore(this, (other): other is MaintenanceWindow => other instanceof MaintenanceWindow);
    return windows.filter((other) => other.region === this.region).length;
  }
}

/** A window that exists. */
export class ImportedMaintenanceWindow extends Window {
  readonly region?: string;
  readonly allowUnassociatedTargets?: boolean;

  constructor(
    scope: Construct,
    id: string,
    readonly windowId: string,
    readonly taskRole: IWindowRole,
  ) {
    super(scope, id);
    addCheck(this, () => [...checkWindowId(known(windowId)), ...checkWindowContents(this.contents())]);
  }
}
